"""An attempt that is handed in, read again: what was answered, what of it is right, and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from ..models import QuizItem
from . import wording
from .content import Content, Graded, Kind, Verdict, grade
from .wording import Said


@dataclass(frozen=True)
class View:
    """What may be shown now."""

    feedback: bool
    answers: bool

    @property
    def verdicts(self) -> bool:
        return self.feedback or self.answers


EVERYTHING = View(feedback=True, answers=True)


@dataclass(frozen=True)
class Line:
    """A part of a question: a choice, a pair, a place in an order. right: the right answer, or "".

    chosen: whether it was answered; verdict: empty where nothing is to be said of it.
    """

    text: str
    given: str = ""
    chosen: bool = False
    verdict: str = ""
    right: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Reviewed:
    """A question as the review shows it."""

    order: int
    kind: str
    text: str
    verdict: str = ""
    score: float = 0.0
    points: float = 1.0
    lines: tuple[Line, ...] = ()
    given: str = ""
    right: tuple[str, ...] = ()
    feedback: tuple[str, ...] = field(default=())
    corrected: bool = False
    # The language of the question, where it is not that of the page.
    lang: str = ""

    @property
    def verdict_label(self) -> str:
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def earned(self) -> float:
        return round(self.score * self.points, 2)


def review(items: Iterable[QuizItem], view: View, language: str) -> list[Reviewed]:
    """The questions of an attempt. With a corrected key, that key says what is right."""
    items = list(items)
    versions = [row for item in items for row in (item.version, item.key) if row is not None]
    said = wording.said_in(language, versions)
    return [
        reviewed(
            said[item.version_id],
            said[item.key_id or item.version_id].content,
            item.layout,
            item.response,
            view,
            item.order,
            corrected=bool(item.key_id),
        )
        for item in items
    ]


def reviewed(
    said: Said,
    key: Content,
    layout: dict[str, list[str]],
    response: Any,
    view: View,
    order: int,
    *,
    corrected: bool = False,
) -> Reviewed:
    asked = said.content
    graded = grade(key, response)
    held = asked.tidy(response)
    parts = {part.id: part for part in graded.parts}
    lines, given, right = _KINDS[asked.kind](asked, key, layout, held, parts)
    return Reviewed(
        order=order,
        kind=asked.kind.value,
        text=asked.text,
        verdict=graded.verdict.value if view.verdicts else "",
        score=graded.score if view.verdicts else 0.0,
        points=asked.grade,
        lines=tuple(_seen(line, view) for line in lines),
        given=given,
        right=right if view.answers and graded.score < 1 else (),
        feedback=_told(graded) if view.feedback else (),
        corrected=corrected,
        lang=said.lang,
    )


def _told(graded: Graded) -> tuple[str, ...]:
    return tuple(text for text in graded.feedback if text)


def _seen(line: Line, view: View) -> Line:
    """A line without what may not be shown yet."""
    about_own = line.chosen or bool(line.given)
    return Line(
        text=line.text,
        given=line.given,
        chosen=line.chosen,
        verdict=line.verdict if view.answers or (view.verdicts and about_own) else "",
        right=line.right if view.answers else "",
        feedback=line.feedback if view.feedback and (about_own or view.answers) else "",
    )


# -- Each kind: (lines, what was written, the right answer) ----------------------------------------

Parts = tuple[list[Line], str, tuple[str, ...]]


def _choices(asked: Any, key: Any, layout: Any, held: Any, parts: Any) -> Parts:
    chosen = set(held if isinstance(held, list) else [held])
    texts = {choice.id: choice.text for choice in asked.choices}
    keys = {choice.id: choice for choice in key.choices}
    lines = []
    for part in layout["parts"]:
        choice = keys.get(part)
        worth = choice.fraction if choice else 0.0
        if asked.kind == Kind.MULTIPLE:
            worth = float(worth > 0)
        is_chosen = part in chosen
        verdict = _verdict_of(worth, is_chosen)
        told = choice.feedback if choice and (is_chosen or worth >= 1) else ""
        lines.append(Line(texts[part], "", is_chosen, verdict, "", told))
    return lines, "", ()


def _verdict_of(worth: float, chosen: bool) -> str:
    """Of a choice: chosen and right, chosen and wrong, right and not chosen, or nothing to say."""
    if chosen:
        return str(Verdict.of(worth))
    return str(Verdict.MISSED) if worth >= 1 else ""


def _truth(asked: Any, key: Any, layout: Any, held: Any, parts: Any) -> Parts:
    lines = []
    told = {"true": key.feedback_true, "false": key.feedback_false}
    for value, label in (("true", _("True")), ("false", _("False"))):
        is_chosen, is_right = held == value, key.right() == value
        verdict = _verdict_of(float(is_right), is_chosen)
        lines.append(
            Line(label, "", is_chosen, verdict, "", told[value] if is_chosen or is_right else "")
        )
    return lines, "", ()


def _pairs(asked: Any, key: Any, layout: Any, held: Any, parts: Any) -> Parts:
    texts = {option.id: option.text for option in [*key.options, *asked.options]}
    wanted = {pair.id: pair.option for pair in key.pairs}
    lines = []
    for pair in sorted(asked.pairs, key=lambda each: _rank(layout["parts"], each.id)):
        given = (held or {}).get(pair.id)
        part = parts.get(pair.id)
        verdict = part.verdict.value if part else ""
        right = texts.get(wanted.get(pair.id, ""), "") if verdict != Verdict.RIGHT else ""
        told = part.feedback if part else ""
        lines.append(Line(pair.text, texts.get(given or "", ""), False, verdict, right, told))
    return lines, "", ()


def _rank(parts: list[str], key: str) -> int:
    return parts.index(key) if key in parts else len(parts)


def _items(asked: Any, key: Any, layout: Any, held: Any, parts: Any) -> Parts:
    texts = {item.id: item.text for item in [*key.items, *asked.items]}
    lines = []
    for place, item in enumerate(held or [], start=1):
        part = parts.get(item)
        verdict = part.verdict.value if part else ""
        told = part.feedback if part else ""
        lines.append(Line(texts[item], str(place), True, verdict, "", told))
    return lines, "", tuple(texts[item] for item in key.right())


def _written(asked: Any, key: Any, layout: Any, held: Any, parts: Any) -> Parts:
    told = [
        Line("", held or "", bool(held), part.verdict.value, "", part.feedback)
        for part in parts.values()
    ]
    unit = getattr(key, "unit", "")
    right = " ".join(word for word in (key.right().replace(".", ","), unit) if word)
    if asked.kind == Kind.SHORT:
        right = key.right()
    return told, held or "", (escape(right),)


_KINDS: dict[Kind, Callable[..., Parts]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.TRUE_FALSE: _truth,
    Kind.MATCHING: _pairs,
    Kind.ORDERING: _items,
    Kind.SHORT: _written,
    Kind.NUMERIC: _written,
}
