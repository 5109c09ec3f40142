"""Questions from JSON and to JSON."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..reader import Reader
from .arranging import Item, Matching, Option, Ordering, Pair
from .base import MOST_GRADE, Content, InvalidContent, Kind, is_empty, new_id
from .choosing import Choice, Multiple, Single, TrueFalse
from .grading import grade
from .written import Numeric, NumericAnswer, NumericUnit, Short, ShortAnswer


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
