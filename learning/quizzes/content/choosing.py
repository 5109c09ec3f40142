"""Questions answered by a choice: one, several, true or false."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .base import MOST_PARTS, NEAR, Content, Kind, Marks, Part, Response, Verdict, bounded, is_empty


@dataclass(frozen=True, kw_only=True)
class Choice:
    """fraction: share of the grade that it brings, −1 to 1."""

    text: str
    fraction: float = 0.0
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class _Choosing(Content):
    choices: tuple[Choice, ...]

    def ids(self) -> Iterator[str]:
        yield from (choice.id for choice in self.choices)

    def find(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == key), None)

    def faults(self) -> Iterator[str]:
        if not 2 <= len(self.choices) <= MOST_PARTS:
            yield _("Give between 2 and %(most)s choices.") % {"most": MOST_PARTS}
        for number, choice in enumerate(self.choices, start=1):
            if is_empty(choice.text):
                yield _("Choice %(number)s has no text.") % {"number": number}
            if not -1 <= choice.fraction <= 1:
                yield _("Choice %(number)s: its share is not between −100%% and 100%%.") % {
                    "number": number
                }
        texts = [choice.text.strip() for choice in self.choices]
        if len(set(texts)) < len(texts):
            yield _("Two choices have the same text.")


@dataclass(frozen=True, kw_only=True)
class Single(_Choosing):
    """One choice among several; more than one may bring something."""

    kind = Kind.SINGLE

    def tidy(self, response: Response) -> str | None:
        return response if isinstance(response, str) and self.find(response) else None

    def right(self) -> str:
        return max(self.choices, key=lambda choice: choice.fraction).id

    def mark(self, response: str) -> Marks:
        choice = self.find(response)
        if choice is None:
            return 0.0, ()
        score = bounded(choice.fraction)
        return score, (Part(choice.id, Verdict.of(score), choice.feedback),)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if not any(choice.fraction >= 1 for choice in self.choices):
            yield _("One choice must bring the whole grade.")


@dataclass(frozen=True, kw_only=True)
class Multiple(_Choosing):
    """Several choices. `whole`: only the exact choice brings anything."""

    kind = Kind.MULTIPLE

    whole: bool = False

    def tidy(self, response: Response) -> list[str] | None:
        if not isinstance(response, list | tuple):
            return None
        named = {key for key in response if isinstance(key, str)}
        return [choice.id for choice in self.choices if choice.id in named] or None

    def right(self) -> list[str]:
        return [choice.id for choice in self.choices if choice.fraction > 0]

    def mark(self, response: list[str]) -> Marks:
        chosen = set(response)
        parts = []
        for choice in self.choices:
            if choice.id in chosen:
                verdict = Verdict.RIGHT if choice.fraction > 0 else Verdict.WRONG
                parts.append(Part(choice.id, verdict, choice.feedback))
            elif choice.fraction > 0:
                parts.append(Part(choice.id, Verdict.MISSED))
        if self.whole:
            return float(chosen == set(self.right())), tuple(parts)
        most = math.fsum(choice.fraction for choice in self.choices if choice.fraction > 0)
        held = math.fsum(choice.fraction for choice in self.choices if choice.id in chosen)
        return (bounded(held / most) if most > 0 else 0.0), tuple(parts)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        total = math.fsum(choice.fraction for choice in self.choices if choice.fraction > 0)
        if abs(total - 1) > NEAR:
            yield _("The right choices must bring 100%% together; they bring %(total)s%%.") % {
                "total": round(total * 100)
            }


@dataclass(frozen=True, kw_only=True)
class TrueFalse(Content):
    kind = Kind.TRUE_FALSE

    answer: bool
    feedback_true: str = ""
    feedback_false: str = ""

    def tidy(self, response: Response) -> str | None:
        if isinstance(response, bool):
            return "true" if response else "false"
        return response if response in ("true", "false") else None

    def right(self) -> str:
        return "true" if self.answer else "false"

    def mark(self, response: str) -> Marks:
        score = float(response == self.right())
        told = self.feedback_true if response == "true" else self.feedback_false
        return score, (Part(response, Verdict.of(score), told),)

    def faults(self) -> Iterator[str]:
        yield from ()
