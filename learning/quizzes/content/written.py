"""Questions answered by writing: a few words, or a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .. import said
from .base import MOST_PARTS, Content, Kind, Marks, Part, Response, Verdict, bounded


@dataclass(frozen=True, kw_only=True)
class ShortAnswer:
    r"""pattern: what is accepted; `*` stands for anything, `\*` for the sign. Plain text, no HTML."""

    pattern: str
    fraction: float = 1.0
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Short(Content):
    """A few words. The first answer that fits counts, so the order matters."""

    kind = Kind.SHORT
    MOST = 200

    answers: tuple[ShortAnswer, ...]
    case: bool = False
    accents: bool = False

    def ids(self) -> Iterator[str]:
        yield from (answer.id for answer in self.answers)

    def tidy(self, response: Response) -> str | None:
        return _written(response, self.MOST)

    def right(self) -> str:
        best = max(self.answers, key=lambda answer: answer.fraction)
        return said.example(best.pattern)

    def mark(self, response: str) -> Marks:
        for answer in self.answers:
            if said.matches(answer.pattern, response, case=self.case, accents=self.accents):
                score = bounded(answer.fraction)
                return score, (Part(answer.id, Verdict.of(score), answer.feedback),)
        return 0.0, ()

    def faults(self) -> Iterator[str]:
        if not 1 <= len(self.answers) <= MOST_PARTS:
            yield _("Give between 1 and %(most)s answers.") % {"most": MOST_PARTS}
        for number, answer in enumerate(self.answers, start=1):
            if not answer.pattern.strip():
                yield _("Answer %(number)s has no text.") % {"number": number}
            if len(answer.pattern) > self.MOST:
                yield _("Answer %(number)s is longer than %(most)s signs.") % {
                    "number": number,
                    "most": self.MOST,
                }
        yield from _fraction_faults(self.answers)


@dataclass(frozen=True, kw_only=True)
class NumericAnswer:
    """value: None accepts any number (to explain what is wrong). tolerance: how far on either side."""

    value: Decimal | None
    tolerance: Decimal = Decimal(0)
    fraction: float = 1.0
    feedback: str = ""
    id: str = ""

    def fits(self, number: Decimal) -> bool:
        return self.value is None or abs(number - self.value) <= self.tolerance


@dataclass(frozen=True, kw_only=True)
class NumericUnit:
    """factor: how many of it make one of the first unit (kilometres, then metres: 1, 1000)."""

    name: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class Numeric(Content):
    """A number, with or without its unit. The first answer that fits counts."""

    kind = Kind.NUMERIC
    MOST = 80

    answers: tuple[NumericAnswer, ...]
    units: tuple[NumericUnit, ...] = ()

    @property
    def unit(self) -> str:
        """The unit to show beside the field."""
        return self.units[0].name if self.units else ""

    def ids(self) -> Iterator[str]:
        yield from (answer.id for answer in self.answers)

    def tidy(self, response: Response) -> str | None:
        if isinstance(response, int | float | Decimal) and not isinstance(response, bool):
            response = str(response)
        return _written(response, self.MOST)

    def right(self) -> str:
        exact = [answer for answer in self.answers if answer.value is not None]
        best = max(exact, key=lambda answer: answer.fraction, default=None)
        return str(best.value) if best else ""

    def mark(self, response: str) -> Marks:
        number = said.quantity(response, [(unit.name, unit.factor) for unit in self.units])
        if number is None:
            return 0.0, ()
        for answer in self.answers:
            if answer.fits(number):
                score = bounded(answer.fraction)
                return score, (Part(answer.id, Verdict.of(score), answer.feedback),)
        return 0.0, ()

    def faults(self) -> Iterator[str]:
        if not 1 <= len(self.answers) <= MOST_PARTS:
            yield _("Give between 1 and %(most)s answers.") % {"most": MOST_PARTS}
        for number, answer in enumerate(self.answers, start=1):
            if answer.tolerance < 0:
                yield _("Answer %(number)s: the tolerance is below zero.") % {"number": number}
        if not any(a.fraction >= 1 and a.value is not None for a in self.answers):
            yield _("One answer must bring the whole grade.")
        yield from _fraction_faults(self.answers, whole=False)
        if any(unit.factor <= 0 for unit in self.units) or any(not u.name for u in self.units):
            yield _("A unit has no name, or a factor that is not above zero.")
        if self.units and self.units[0].factor != 1:
            yield _("The first unit is the one of the answers: its factor is 1.")


def _fraction_faults(answers: Sequence[Any], *, whole: bool = True) -> Iterator[str]:
    for number, answer in enumerate(answers, start=1):
        if not 0 <= answer.fraction <= 1:
            yield _("Answer %(number)s: its share is not between 0%% and 100%%.") % {
                "number": number
            }
    if whole and not any(answer.fraction >= 1 for answer in answers):
        yield _("One answer must bring the whole grade.")


def _written(response: Response, most: int) -> str | None:
    if not isinstance(response, str):
        return None
    return response.replace("\x00", "").strip()[:most] or None
