"""How a question is laid out for one attempt, and how the fields of its form are read.

What goes to the browser bears ranks alone: no identifier of the content, no share, no feedback. The
layout, which only the server holds, says which part each rank stands for.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .content import Content, Kind, Matching, Multiple, Numeric, Ordering, Short, Single
from .wording import Said

Layout = dict[str, list[str]]
TRUTH = ("true", "false")


def lay_out(content: Content, rng: random.Random, *, shuffle: bool) -> Layout:
    """The parts in the order shown. What is to be ordered or matched never stands in its own order."""
    if isinstance(content, Single | Multiple):
        parts = [choice.id for choice in content.choices]
        if shuffle:
            rng.shuffle(parts)
        return {"parts": parts}
    if isinstance(content, Ordering):
        return {"parts": _disordered([item.id for item in content.items], rng)}
    if isinstance(content, Matching):
        pairs = [pair.id for pair in content.pairs]
        options = [option.id for option in content.options]
        if shuffle:
            rng.shuffle(pairs)
        rng.shuffle(options)
        return {"parts": pairs, "options": options}
    return {}


def _disordered(parts: list[str], rng: random.Random) -> list[str]:
    shown = parts[:]
    while shown == parts and len(parts) > 1:
        rng.shuffle(shown)
    return shown


@dataclass(frozen=True)
class Line:
    """A part as it is shown: `name` of its field, its `value` or what is chosen, its text."""

    name: str
    value: str
    text: str
    chosen: Any = False


@dataclass(frozen=True)
class Shown:
    """A question as the page asks it. Nothing here says what is right."""

    order: int
    kind: str
    text: str
    name: str
    lines: tuple[Line, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    written: str = ""
    unit: str = ""
    revision: int = 0
    answered: bool = False
    hint: str = field(default="")
    # The language of the question, where it is not that of the page.
    lang: str = ""


def show(said: Said, layout: Layout, response: Any, order: int, revision: int = 0) -> Shown:
    """A question with what was answered so far."""
    content = said.content
    held = content.tidy(response)
    name = f"q{order}"
    lines, options = _LINES.get(content.kind, _no_lines)(content, layout, held, name)
    return Shown(
        order=order,
        kind=content.kind.value,
        text=content.text,
        name=name,
        lines=tuple(lines),
        options=tuple(options),
        written=held if isinstance(content, Short | Numeric) and held else "",
        unit=content.unit if isinstance(content, Numeric) else "",
        revision=revision,
        answered=held is not None,
        hint=_hint(content),
        lang=said.lang,
    )


def _hint(content: Content) -> str:
    return {
        Kind.SINGLE: _("One answer."),
        Kind.MULTIPLE: _("Tick every answer that is right."),
        Kind.TRUE_FALSE: _("True or false?"),
        Kind.MATCHING: _("Choose what goes with each line."),
        Kind.ORDERING: _("Give each line its place."),
        Kind.SHORT: _("A few words."),
        Kind.NUMERIC: _("A number."),
    }[content.kind]


Lines = tuple[list[Line], list[tuple[str, str]]]


def _no_lines(content: Any, layout: Layout, held: Any, name: str) -> Lines:
    return [], []


def _choices(content: Any, layout: Layout, held: Any, name: str) -> Lines:
    texts = {choice.id: choice.text for choice in content.choices}
    chosen = set(held if isinstance(held, list) else [held])
    return [
        Line(name, str(rank), texts[key], key in chosen)
        for rank, key in enumerate(layout["parts"])
        if key in texts
    ], []


def _truth(content: Any, layout: Layout, held: Any, name: str) -> Lines:
    labels = {"true": _("True"), "false": _("False")}
    return [Line(name, value, labels[value], held == value) for value in TRUTH], []


def _pairs(content: Any, layout: Layout, held: Any, name: str) -> Lines:
    texts = {pair.id: pair.text for pair in content.pairs}
    words = {option.id: option.text for option in content.options}
    ranks = {key: str(rank) for rank, key in enumerate(layout["options"])}
    lines = [
        Line(f"{name}-{rank}", "", texts[key], ranks.get((held or {}).get(key, ""), ""))
        for rank, key in enumerate(layout["parts"])
    ]
    return lines, [(str(rank), words[key]) for rank, key in enumerate(layout["options"])]


def _items(content: Any, layout: Layout, held: Any, name: str) -> Lines:
    """Shown in the order answered, once there is one; the number of a field stays that of its item."""
    texts = {item.id: item.text for item in content.items}
    places = {key: place for place, key in enumerate(held or [], start=1)}
    ranked = list(enumerate(layout["parts"]))
    ranked.sort(key=lambda pair: places.get(pair[1], 0))
    lines = [
        Line(f"{name}-{rank}", "", texts[key], str(places.get(key, ""))) for rank, key in ranked
    ]
    return lines, [(str(n), str(n)) for n in range(1, len(lines) + 1)]


_LINES = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.TRUE_FALSE: _truth,
    Kind.MATCHING: _pairs,
    Kind.ORDERING: _items,
}


# -- Reading the form ------------------------------------------------------------------------------


def read(content: Content, layout: Layout, data: Mapping[str, Any], order: int) -> Any:
    """The response that a form says, None when it says none. What no field proposed is dropped."""
    name = f"q{order}"
    if isinstance(content, Single | Multiple):
        chosen = [key for key in (_part(layout["parts"], v) for v in _all(data, name)) if key]
        if isinstance(content, Single):
            return content.tidy(chosen[-1] if chosen else None)
        return content.tidy(chosen)
    if isinstance(content, Matching):
        pairs = {
            key: _part(layout["options"], _one(data, f"{name}-{rank}"))
            for rank, key in enumerate(layout["parts"])
        }
        return content.tidy({key: option for key, option in pairs.items() if option})
    if isinstance(content, Ordering):
        return content.tidy(_ordered(layout["parts"], data, name))
    return content.tidy(_one(data, name))


def _ordered(parts: list[str], data: Mapping[str, Any], name: str) -> list[str]:
    """The items by the place given to each; those without one come after, as they were shown."""
    places = {}
    for rank, key in enumerate(parts):
        said = _one(data, f"{name}-{rank}")
        if said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= len(parts):
            places[key] = int(said[:4])
    if not places:
        return []
    return sorted(parts, key=lambda key: (places.get(key, len(parts) + 1), parts.index(key)))


def _one(data: Mapping[str, Any], name: str) -> str:
    said = _all(data, name)
    return said[-1] if said else ""


def _all(data: Mapping[str, Any], name: str) -> list[str]:
    """The values of a field, of a posted form or of JSON."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    said = data.get(name)
    listed = said if isinstance(said, list) else [said]
    return [value for value in listed if isinstance(value, str)]


def _part(parts: list[str], said: str) -> str | None:
    if not (said.isascii() and said.isdigit() and len(said) < 4):
        return None
    rank = int(said)
    return parts[rank] if rank < len(parts) else None
