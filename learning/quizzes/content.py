"""What a question consists of, as JSON and as objects, and how an answer to it is graded. No database.

    content = from_json({"kind": "single", "text": "<p>…</p>", "choices": [
        {"id": "a", "text": "…", "fraction": 1, "feedback": "…"}, …]})   # cleans; raises InvalidContent
    to_json(content)                      # what is stored
    load(stored)                          # what was stored, without cleaning it again
    grade(content, "a")                   # Graded(score, verdict, parts, feedback)

Texts are HTML: whole paragraphs for the question and the feedback, within a line for choices, pairs, options
and items. A response is what somebody answered, as JSON:

    single          "a"                            the choice
    multiple        ["a", "c"]                     the choices
    true_false      "true" or "false"
    matching        {"pair": "option", …}
    ordering        ["item", "item", …]            in the order given
    short, numeric  "what was written"

What is not of this shape, or names what the question does not hold, is dropped, and None means unanswered.
"""

import math
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import said
from .reader import Reader

Response = Any

MOST_PARTS = 30
MOST_GRADE = 100
# Thirds are written 0.33333: what is this near to one is one.
NEAR = 0.005


class Kind(models.TextChoices):
    SINGLE = "single", gettext_lazy("One answer")
    MULTIPLE = "multiple", gettext_lazy("Several answers")
    TRUE_FALSE = "true_false", gettext_lazy("True or false")
    MATCHING = "matching", gettext_lazy("Matching")
    ORDERING = "ordering", gettext_lazy("Putting in order")
    SHORT = "short", gettext_lazy("Short answer")
    NUMERIC = "numeric", gettext_lazy("Number")


class Verdict(models.TextChoices):
    RIGHT = "right", gettext_lazy("Right")
    PARTIAL = "partial", gettext_lazy("Partly right")
    WRONG = "wrong", gettext_lazy("Wrong")
    MISSED = "missed", gettext_lazy("Not answered")

    @classmethod
    def of(cls, score: float) -> "Verdict":
        if score >= 1:
            return cls.RIGHT
        return cls.PARTIAL if score > 0 else cls.WRONG


class InvalidContent(ValidationError):
    """A question that cannot be asked; `messages` say why, one a fault."""


@dataclass(frozen=True)
class Part:
    """What became of one part of an answer. `id`: the choice, pair, item or expected answer it is about."""

    id: str
    verdict: Verdict
    feedback: str = ""


@dataclass(frozen=True)
class Graded:
    """score: 0–1. feedback: what to tell the person besides the feedback of the parts, as HTML."""

    score: float
    verdict: Verdict
    parts: tuple[Part, ...] = ()
    feedback: tuple[str, ...] = ()


# Score, parts.
Marks = tuple[float, tuple[Part, ...]]


def new_id() -> str:
    """An identifier for a choice, a pair, an option, an item."""
    return secrets.token_hex(4)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What every kind has. `feedback` is told to all; the others according to the verdict."""

    kind: ClassVar[Kind]

    text: str
    feedback: str = ""
    when_right: str = ""
    when_partial: str = ""
    when_wrong: str = ""
    grade: float = 1.0

    def tidy(self, response: Response) -> Response:
        """The response as far as it belongs to the question; None when nothing of it does."""
        raise NotImplementedError

    def right(self) -> Response:
        """A response that is wholly right."""
        raise NotImplementedError

    def mark(self, response: Response) -> Marks:
        """Score and parts of a response that is tidy and not None."""
        raise NotImplementedError

    def faults(self) -> Iterator[str]:
        """Why it cannot be asked."""
        raise NotImplementedError

    def ids(self) -> Iterator[str]:
        """The identifiers of its parts, which must differ."""
        yield from ()


# -- Choices ---------------------------------------------------------------------------------------


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


# -- Matching and ordering -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Option:
    """What may be matched with a pair. An option that no pair names is there to mislead."""

    text: str
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """option: the identifier of the right one. Two pairs may have the same."""

    text: str
    option: str
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Matching(Content):
    """For each pair, the option that goes with it; each brings its share."""

    kind = Kind.MATCHING

    pairs: tuple[Pair, ...]
    options: tuple[Option, ...]

    def ids(self) -> Iterator[str]:
        yield from (pair.id for pair in self.pairs)
        yield from (option.id for option in self.options)

    def tidy(self, response: Response) -> dict[str, str] | None:
        if not isinstance(response, dict):
            return None
        known = {option.id for option in self.options}
        held = {pair.id: response.get(pair.id) for pair in self.pairs}
        return {k: v for k, v in held.items() if isinstance(v, str) and v in known} or None

    def right(self) -> dict[str, str]:
        return {pair.id: pair.option for pair in self.pairs}

    def mark(self, response: dict[str, str]) -> Marks:
        parts, good = [], 0
        for pair in self.pairs:
            given = response.get(pair.id)
            if given is None:
                parts.append(Part(pair.id, Verdict.MISSED))
                continue
            good += given == pair.option
            verdict = Verdict.RIGHT if given == pair.option else Verdict.WRONG
            parts.append(Part(pair.id, verdict, pair.feedback))
        return (good / len(self.pairs) if self.pairs else 0.0), tuple(parts)

    def faults(self) -> Iterator[str]:
        if not 2 <= len(self.pairs) <= MOST_PARTS:
            yield _("Give between 2 and %(most)s pairs.") % {"most": MOST_PARTS}
        if not 2 <= len(self.options) <= 2 * MOST_PARTS:
            yield _("There must be at least two different answers to choose from.")
        known = {option.id for option in self.options}
        for number, pair in enumerate(self.pairs, start=1):
            if is_empty(pair.text):
                yield _("Pair %(number)s has no text.") % {"number": number}
            if pair.option not in known:
                yield _("Pair %(number)s has no answer.") % {"number": number}
        texts = [strip_tags(option.text).strip() for option in self.options]
        if not all(texts):
            yield _("An answer has no text.")
        if len(set(texts)) < len(texts):
            yield _("Two answers have the same text.")


def matching_of(
    pairs: Sequence[tuple[str, str, str]], extra: Sequence[str] = ()
) -> dict[str, list[dict[str, str]]]:
    """`pairs` and `options` for `from_json` out of (text, answer, feedback) and misleading answers.

    The same answer twice becomes one option.
    """
    options: dict[str, str] = {}
    for answer in [*(pair[1] for pair in pairs), *extra]:
        options.setdefault(answer.strip(), new_id())
    held = [
        {"id": new_id(), "text": text, "option": options[answer.strip()], "feedback": told}
        for text, answer, told in pairs
    ]
    return {
        "pairs": held,
        "options": [{"id": key, "text": text} for text, key in options.items()],
    }


@dataclass(frozen=True, kw_only=True)
class Item:
    text: str
    feedback: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Ordering(Content):
    """Items in their right order. Each at its place brings its share; `whole`: all or nothing."""

    kind = Kind.ORDERING

    items: tuple[Item, ...]
    whole: bool = False

    def ids(self) -> Iterator[str]:
        yield from (item.id for item in self.items)

    def tidy(self, response: Response) -> list[str] | None:
        if not isinstance(response, list | tuple):
            return None
        known = {item.id for item in self.items}
        named = dict.fromkeys(key for key in response if isinstance(key, str) and key in known)
        return list(named) or None

    def right(self) -> list[str]:
        return [item.id for item in self.items]

    def mark(self, response: list[str]) -> Marks:
        parts, good = [], 0
        for place, item in enumerate(self.items):
            fits = place < len(response) and response[place] == item.id
            good += fits
            missing = item.id not in response
            verdict = Verdict.MISSED if missing else Verdict.RIGHT if fits else Verdict.WRONG
            parts.append(Part(item.id, verdict, item.feedback))
        count = len(self.items)
        score = float(good == count) if self.whole else good / count
        return score, tuple(parts)

    def faults(self) -> Iterator[str]:
        if not 2 <= len(self.items) <= MOST_PARTS:
            yield _("Give between 2 and %(most)s items.") % {"most": MOST_PARTS}
        for number, item in enumerate(self.items, start=1):
            if is_empty(item.text):
                yield _("Item %(number)s has no text.") % {"number": number}
        texts = [item.text.strip() for item in self.items]
        if len(set(texts)) < len(texts):
            yield _("Two items have the same text.")


# -- Written ---------------------------------------------------------------------------------------


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


# -- Grading ---------------------------------------------------------------------------------------


def grade(content: Content, response: Response) -> Graded:
    """What a response is worth, and what to say about it. Any response will do: it never fails."""
    held = content.tidy(response)
    general = (content.feedback,) if content.feedback else ()
    if held is None:
        return Graded(0.0, Verdict.MISSED, (), general)
    score, parts = content.mark(held)
    verdict = Verdict.of(score)
    told = {
        Verdict.RIGHT: content.when_right,
        Verdict.PARTIAL: content.when_partial,
        Verdict.WRONG: content.when_wrong,
    }[verdict]
    return Graded(score, verdict, parts, (*((told,) if told else ()), *general))


def bounded(share: float) -> float:
    """Between 0 and 1; what is as near to one as thirds are, is one."""
    return 1.0 if share >= 1 - 1e-9 else max(0.0, share)


# -- JSON ------------------------------------------------------------------------------------------

KINDS: dict[str, type[Content]] = {
    kind.kind.value: kind
    for kind in (Single, Multiple, TrueFalse, Matching, Ordering, Short, Numeric)
}


def to_json(content: Content) -> dict[str, Any]:
    """Everything of it, as JSON: `from_json` and `load` give it back."""
    return {"kind": content.kind.value, **_plain(content)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def from_json(data: Any) -> Content:
    """A question out of what people or files say: cleaned, and fit to be asked. Raises InvalidContent.

    Parts without an identifier get one.
    """
    reader = Reader(data, clean=True, new_id=new_id)
    content = _read(reader)
    faults = list(reader.faults)
    if content is not None and not faults:
        faults = list(_faults(content))
    if content is None or faults:
        raise InvalidContent(faults or [_("This kind of question is not known.")])
    return content


def load(data: dict[str, Any]) -> Content:
    """A question that was stored by `to_json`: neither cleaned nor checked again."""
    content = _read(Reader(data, clean=False, new_id=new_id))
    if content is None:
        raise InvalidContent([_("This kind of question is not known.")])
    return content


def _faults(content: Content) -> Iterator[str]:
    if is_empty(content.text):
        yield _("The question has no text.")
    if not 0 < content.grade <= MOST_GRADE:
        yield _("The grade is not between 0 and %(most)s.") % {"most": MOST_GRADE}
    ids = list(content.ids())
    if len(set(ids)) < len(ids):
        yield _("Two parts of the question have the same identifier.")
    found = list(content.faults())
    yield from found
    if not found and grade(content, content.right()).score < 1:
        yield _("The right answer does not bring the whole grade: an answer before it takes it.")


def is_empty(html: str) -> bool:
    return not strip_tags(html).replace("&nbsp;", "").replace("\xa0", "").strip()


def _read(reader: Reader) -> Content | None:
    common = {
        "text": reader.html("text"),
        "feedback": reader.html("feedback"),
        "when_right": reader.html("when_right"),
        "when_partial": reader.html("when_partial"),
        "when_wrong": reader.html("when_wrong"),
        "grade": reader.number("grade", 1.0),
    }
    read = _READERS.get(reader.word("kind"))
    return read(reader, common) if read else None


def _choices(reader: Reader) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=each.key(),
            text=each.inline("text"),
            fraction=each.number("fraction", 0.0),
            feedback=each.html("feedback"),
        )
        for each in reader.rows("choices")
    )


def _read_single(reader: Reader, common: dict[str, Any]) -> Content:
    return Single(**common, choices=_choices(reader))


def _read_multiple(reader: Reader, common: dict[str, Any]) -> Content:
    return Multiple(**common, choices=_choices(reader), whole=reader.flag("whole"))


def _read_true_false(reader: Reader, common: dict[str, Any]) -> Content:
    return TrueFalse(
        **common,
        answer=reader.flag("answer", needed=True),
        feedback_true=reader.html("feedback_true"),
        feedback_false=reader.html("feedback_false"),
    )


def _read_matching(reader: Reader, common: dict[str, Any]) -> Content:
    pairs = tuple(
        Pair(
            id=each.key(),
            text=each.inline("text"),
            option=each.word("option"),
            feedback=each.html("feedback"),
        )
        for each in reader.rows("pairs")
    )
    options = tuple(
        Option(id=each.key(), text=each.inline("text")) for each in reader.rows("options")
    )
    return Matching(**common, pairs=pairs, options=options)


def _read_ordering(reader: Reader, common: dict[str, Any]) -> Content:
    items = tuple(
        Item(id=each.key(), text=each.inline("text"), feedback=each.html("feedback"))
        for each in reader.rows("items")
    )
    return Ordering(**common, items=items, whole=reader.flag("whole"))


def _read_short(reader: Reader, common: dict[str, Any]) -> Content:
    answers = tuple(
        ShortAnswer(
            id=each.key(),
            pattern=each.word("pattern"),
            fraction=each.number("fraction", 1.0),
            feedback=each.html("feedback"),
        )
        for each in reader.rows("answers")
    )
    return Short(
        **common, answers=answers, case=reader.flag("case"), accents=reader.flag("accents")
    )


def _read_numeric(reader: Reader, common: dict[str, Any]) -> Content:
    answers = tuple(
        NumericAnswer(
            id=each.key(),
            value=each.decimal("value"),
            tolerance=each.decimal("tolerance") or Decimal(0),
            fraction=each.number("fraction", 1.0),
            feedback=each.html("feedback"),
        )
        for each in reader.rows("answers")
    )
    units = tuple(
        NumericUnit(name=each.word("name"), factor=each.decimal("factor", Decimal(1)) or Decimal(0))
        for each in reader.rows("units")
    )
    return Numeric(**common, answers=answers, units=units)


_READERS: dict[str, Callable[[Reader, dict[str, Any]], Content]] = {
    Kind.SINGLE: _read_single,
    Kind.MULTIPLE: _read_multiple,
    Kind.TRUE_FALSE: _read_true_false,
    Kind.MATCHING: _read_matching,
    Kind.ORDERING: _read_ordering,
    Kind.SHORT: _read_short,
    Kind.NUMERIC: _read_numeric,
}
