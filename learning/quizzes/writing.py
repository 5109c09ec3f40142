"""Between the blocks that a trainer fills in and the content that is asked: there and back.

The identifiers of the parts are those of the rows of the blocks, so that a corrected word keeps what
was answered.
"""

from collections.abc import Sequence
from html import unescape
from typing import Any

from django.utils.html import escape, strip_tags

from . import content as c
from .content import Content, Kind, from_json, new_id, to_json

TOLD = ("feedback", "when_right", "when_partial", "when_wrong")


def content_of(body: Any) -> Content:
    """The content of the one block of a question. Raises InvalidContent."""
    block = body[0]
    return from_json(as_json(Kind(block.block_type), block.value))


def as_json(kind: Kind, value: Any) -> dict[str, Any]:
    """What a block says, as `content.from_json` reads it."""
    told = {name: _html(value.get(name)) for name in ("text", *TOLD)}
    grade = value.get("grade")
    common = {"kind": kind.value, **told, "grade": 1.0 if grade is None else grade}
    return {**common, **_FROM_BLOCK[kind](value)}


def _html(value: Any) -> str:
    """The HTML of a rich text, which a value that was not read by its block holds as text."""
    return str(getattr(value, "source", value) or "")


def _rows(listed: Any) -> list[tuple[str, Any]]:
    """(identifier, value) of each row of a list."""
    if hasattr(listed, "bound_blocks"):
        return [(row.id or new_id(), row.value) for row in listed.bound_blocks]
    return [(new_id(), value) for value in listed or []]


def _share(value: Any, default: float) -> float:
    given = value.get("share")
    return default if given is None else round(given / 100, 7)


def _single(value: Any) -> dict[str, Any]:
    return {"choices": [_choice(key, row, 0.0, 1.0) for key, row in _rows(value["choices"])]}


def _multiple(value: Any) -> dict[str, Any]:
    rows = _rows(value["choices"])
    right = sum(bool(row.get("is_right")) for _key, row in rows)
    each = round(1 / right, 7) if right else 1.0
    choices = [_choice(key, row, -each, each) for key, row in rows]
    return {"choices": choices, "whole": bool(value.get("whole"))}


def _choice(key: str, row: Any, wrong: float, right: float) -> dict[str, Any]:
    return {
        "id": key,
        "text": _html(row["text"]),
        "fraction": _share(row, right if row.get("is_right") else wrong),
        "feedback": _html(row.get("why")),
    }


def _true_false(value: Any) -> dict[str, Any]:
    return {
        "answer": value.get("answer") == "true",
        "feedback_true": _html(value.get("feedback_true")),
        "feedback_false": _html(value.get("feedback_false")),
    }


def _matching(value: Any) -> dict[str, Any]:
    options: dict[str, str] = {}
    pairs = []
    for key, row in _rows(value["pairs"]):
        answer = row["answer"].strip()
        option = options.setdefault(answer, f"{key[:38]}-o")
        pairs.append(
            {
                "id": key,
                "text": _html(row["text"]),
                "option": option,
                "feedback": _html(row.get("why")),
            }
        )
    for key, extra in _rows(value.get("extra")):
        options.setdefault(extra.strip(), key)
    return {
        "pairs": pairs,
        "options": [{"id": key, "text": _escaped(text)} for text, key in options.items()],
    }


def _escaped(text: str) -> str:
    """Options are written as plain text."""
    return str(escape(text))


def _ordering(value: Any) -> dict[str, Any]:
    items = [
        {"id": key, "text": _html(row["text"]), "feedback": _html(row.get("why"))}
        for key, row in _rows(value["items"])
    ]
    return {"items": items, "whole": bool(value.get("whole"))}


def _short(value: Any) -> dict[str, Any]:
    answers = [
        {
            "id": key,
            "pattern": row["pattern"],
            "fraction": _share(row, 1.0),
            "feedback": _html(row.get("why")),
        }
        for key, row in _rows(value["answers"])
    ]
    flags = {name: bool(value.get(name)) for name in ("case", "accents")}
    return {"answers": answers, **flags}


def _numeric(value: Any) -> dict[str, Any]:
    answers = [
        {
            "id": key,
            "value": row.get("value") or None,
            "tolerance": row.get("tolerance") or "0",
            "fraction": _share(row, 1.0),
            "feedback": _html(row.get("why")),
        }
        for key, row in _rows(value["answers"])
    ]
    units = [
        {"name": row["name"], "factor": row.get("factor") or "1"}
        for _key, row in _rows(value.get("units"))
    ]
    return {"answers": answers, "units": units}


_FROM_BLOCK = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.TRUE_FALSE: _true_false,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.SHORT: _short,
    Kind.NUMERIC: _numeric,
}


# -- From content to blocks ------------------------------------------------------------------------


def as_blocks(content: Content) -> list[dict[str, Any]]:
    """The raw value of `Question.body` that says what a content says."""
    held = to_json(content)
    value = {name: held[name] for name in ("text", "grade", *TOLD)}
    value |= _TO_BLOCK[content.kind](content)
    return [{"type": content.kind.value, "value": value, "id": new_id()}]


def _items(rows: Sequence[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": key or new_id()} for key, value in rows]


def _percent(fraction: float) -> float:
    return round(fraction * 100, 5)


def _choices_block(choices: Sequence[c.Choice], wrong: float, right: float) -> list[dict[str, Any]]:
    rows = []
    for choice in choices:
        is_right = choice.fraction > 0
        usual = abs(choice.fraction - (right if is_right else wrong)) < 1e-4
        value = {
            "text": choice.text,
            "is_right": is_right,
            "why": choice.feedback,
            "share": None if usual else _percent(choice.fraction),
        }
        rows.append((choice.id, value))
    return _items(rows)


def _single_block(content: Any) -> dict[str, Any]:
    return {"choices": _choices_block(content.choices, 0.0, 1.0)}


def _multiple_block(content: Any) -> dict[str, Any]:
    right = sum(choice.fraction > 0 for choice in content.choices)
    each = 1 / right
    return {"choices": _choices_block(content.choices, -each, each), "whole": content.whole}


def _true_false_block(content: Any) -> dict[str, Any]:
    return {
        "answer": content.right(),
        "feedback_true": content.feedback_true,
        "feedback_false": content.feedback_false,
    }


def _matching_block(content: Any) -> dict[str, Any]:
    texts = {option.id: unescape(strip_tags(option.text)).strip() for option in content.options}
    used = {pair.option for pair in content.pairs}
    pairs = [
        (pair.id, {"text": pair.text, "answer": texts[pair.option], "why": pair.feedback})
        for pair in content.pairs
    ]
    extra = [(option.id, texts[option.id]) for option in content.options if option.id not in used]
    return {"pairs": _items(pairs), "extra": _items(extra)}


def _ordering_block(content: Any) -> dict[str, Any]:
    rows = [(item.id, {"text": item.text, "why": item.feedback}) for item in content.items]
    return {"items": _items(rows), "whole": content.whole}


def _short_block(content: Any) -> dict[str, Any]:
    rows = [
        (
            answer.id,
            {
                "pattern": answer.pattern,
                "share": _percent(answer.fraction),
                "why": answer.feedback,
            },
        )
        for answer in content.answers
    ]
    return {"answers": _items(rows), "case": content.case, "accents": content.accents}


def _numeric_block(content: Any) -> dict[str, Any]:
    rows = [
        (
            answer.id,
            {
                "value": "" if answer.value is None else str(answer.value),
                "tolerance": str(answer.tolerance),
                "share": _percent(answer.fraction),
                "why": answer.feedback,
            },
        )
        for answer in content.answers
    ]
    units = [("", {"name": unit.name, "factor": str(unit.factor)}) for unit in content.units]
    return {"answers": _items(rows), "units": _items(units)}


_TO_BLOCK = {
    Kind.SINGLE: _single_block,
    Kind.MULTIPLE: _multiple_block,
    Kind.TRUE_FALSE: _true_false_block,
    Kind.MATCHING: _matching_block,
    Kind.ORDERING: _ordering_block,
    Kind.SHORT: _short_block,
    Kind.NUMERIC: _numeric_block,
}
