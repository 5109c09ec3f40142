"""Writing Moodle XML. What Moodle cannot hold is written in elements of ours that it passes over.

`losses(content)` says what a Moodle that reads the file will not do as this bank does.
"""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ..quizzes import content as c
from ..quizzes.pictured import Picture, replaced
from .pictures import WITHIN
from .texts import FORBIDDEN

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Written:
    """A question to write: its name in the bank, its theme, its content."""

    name: str
    theme: str
    content: c.Content
    # {primary key of an image: (its name, its content)} of those that it shows.
    pictures: Mapping[int, tuple[str, bytes]] = field(default_factory=dict)


def write(questions: Iterable[Written]) -> bytes:
    """A file that Moodle reads, and that `moodle.read` gives back as it was."""
    root = Element("quiz")
    theme: str | None = None
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            _category(root, theme)
        _question(root, question)
    indent(root)
    return DECLARATION + tostring(root, encoding="utf-8")


def losses(content: c.Content) -> list[str]:
    """What Moodle will not do as here, a sentence each."""
    said = []
    if isinstance(content, c.Multiple) and content.whole:
        said.append(_("Moodle will give points for a part of the right choices."))
    if isinstance(content, c.Short) and not content.accents:
        said.append(_("Moodle will ask for the accents."))
    told = (content.when_right, content.when_partial, content.when_wrong)
    if isinstance(content, c.TrueFalse | c.Short | c.Numeric) and any(told):
        said.append(_("Moodle will not show what is said according to the result."))
    if isinstance(content, c.Matching) and any(pair.feedback for pair in content.pairs):
        said.append(_("Moodle will not show what is said of each pair."))
    if isinstance(content, c.Matching) and any("<" in option.text for option in content.options):
        said.append(_("The answers to choose from lose their formatting."))
    return said


def _category(root: Element, theme: str) -> None:
    question = SubElement(root, "question", {"type": "category"})
    path = f"$course$/top/{theme.replace('/', '//')}"
    _text(SubElement(question, "category"), path)


def _question(root: Element, question: Written) -> None:
    content = question.content
    kind, write_answers = WRITERS[content.kind]
    element = SubElement(root, "question", {"type": kind})
    _text(SubElement(element, "name"), question.name)
    _html(element, "questiontext", content.text)
    _html(element, "generalfeedback", content.feedback)
    SubElement(element, "defaultgrade").text = _exact(content.grade)
    SubElement(element, "penalty").text = "0.3333333"
    SubElement(element, "hidden").text = "0"
    told = {
        "correctfeedback": content.when_right,
        "partiallycorrectfeedback": content.when_partial,
        "incorrectfeedback": content.when_wrong,
    }
    for tag, text in told.items():
        if text or kind in ("multichoice", "matching", "ordering"):
            _html(element, tag, text)
    write_answers(element, content)
    _attach(element, question.pictures)


def _attach(question: Element, pictures: Mapping[int, tuple[str, bytes]]) -> None:
    """Put beside each text the pictures that it shows."""
    for holder in list(question.iter()):
        text = holder.find("text")
        if text is None or "<embed" not in (text.text or ""):
            continue
        shown: dict[str, bytes] = {}
        text.text = replaced(text.text or "", lambda found: _img(found, pictures, shown))  # noqa: B023
        for name, content in shown.items():
            file = SubElement(holder, "file", {"name": name, "path": "/", "encoding": "base64"})
            file.text = b64encode(content).decode()


def _img(found: Picture, pictures: Mapping[int, tuple[str, bytes]], shown: dict[str, bytes]) -> str:
    """As Moodle writes a picture; nothing for one whose file is gone."""
    held = pictures.get(found.image or 0)
    if held is None:
        return ""
    name, content = held
    shown[name] = content
    said = "" if found.alt is None else f' alt="{escape(found.alt)}"'
    adorns = ' role="presentation"' if found.alt == "" else ""
    return f'<img src="{WITHIN}{name}"{said}{adorns}>'


def _multichoice(element: Element, content: Any) -> None:
    single = isinstance(content, c.Single)
    SubElement(element, "single").text = "true" if single else "false"
    SubElement(element, "shuffleanswers").text = "true"
    SubElement(element, "answernumbering").text = "abc"
    if not single and content.whole:
        SubElement(element, "maisons_whole").text = "1"
    for choice in content.choices:
        _answer(element, choice.text, _percent(choice.fraction), choice.feedback)


def _truefalse(element: Element, content: Any) -> None:
    for word, told in (("true", content.feedback_true), ("false", content.feedback_false)):
        right = content.answer == (word == "true")
        _answer(element, word, "100" if right else "0", told, form="moodle_auto_format")


def _matching(element: Element, content: Any) -> None:
    SubElement(element, "shuffleanswers").text = "true"
    texts = {option.id: unescape(strip_tags(option.text)) for option in content.options}
    for pair in content.pairs:
        part = _html(element, "subquestion", pair.text)
        _text(SubElement(part, "answer"), texts[pair.option])
        if pair.feedback:
            _html(part, "feedback", pair.feedback)
    used = {pair.option for pair in content.pairs}
    for option in content.options:
        if option.id not in used:
            part = _html(element, "subquestion", "")
            _text(SubElement(part, "answer"), texts[option.id])


def _ordering(element: Element, content: Any) -> None:
    values = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "ALL_OR_NOTHING" if content.whole else "ABSOLUTE_POSITION",
        "showgrading": "SHOW",
        "numberingstyle": "none",
        "shownumcorrect": "1",
    }
    for tag, value in values.items():
        SubElement(element, tag).text = value
    for place, item in enumerate(content.items, start=1):
        _answer(element, item.text, str(place), item.feedback)


def _shortanswer(element: Element, content: Any) -> None:
    SubElement(element, "usecase").text = "1" if content.case else "0"
    SubElement(element, "maisons_accents").text = "1" if content.accents else "0"
    for answer in content.answers:
        share = _percent(answer.fraction)
        _answer(element, answer.pattern, share, answer.feedback, form="moodle_auto_format")


def _numerical(element: Element, content: Any) -> None:
    for answer in content.answers:
        value = "*" if answer.value is None else str(answer.value)
        share = _percent(answer.fraction)
        held = _answer(element, value, share, answer.feedback, form="moodle_auto_format")
        SubElement(held, "tolerance").text = str(answer.tolerance)
    if content.units:
        units = SubElement(element, "units")
        for unit in content.units:
            held = SubElement(units, "unit")
            SubElement(held, "multiplier").text = str(unit.factor)
            SubElement(held, "unit_name").text = _allowed(unit.name)
    SubElement(element, "unitgradingtype").text = "0"
    SubElement(element, "unitpenalty").text = "0.1000000"
    SubElement(element, "showunits").text = "0" if content.units else "3"
    SubElement(element, "unitsleft").text = "0"


WRITERS: dict[str, tuple[str, Callable[[Element, Any], None]]] = {
    c.Kind.SINGLE: ("multichoice", _multichoice),
    c.Kind.MULTIPLE: ("multichoice", _multichoice),
    c.Kind.TRUE_FALSE: ("truefalse", _truefalse),
    c.Kind.MATCHING: ("matching", _matching),
    c.Kind.ORDERING: ("ordering", _ordering),
    c.Kind.SHORT: ("shortanswer", _shortanswer),
    c.Kind.NUMERIC: ("numerical", _numerical),
}


def _answer(
    element: Element, text: str, share: str, feedback: str, *, form: str = "html"
) -> Element:
    answer = SubElement(element, "answer", {"fraction": share, "format": form})
    _text(answer, text)
    _html(answer, "feedback", feedback)
    return answer


def _html(element: Element, tag: str, html: str) -> Element:
    held = SubElement(element, tag, {"format": "html"})
    _text(held, html)
    return held


def _text(element: Element, text: str) -> None:
    SubElement(element, "text").text = _allowed(text)


def _allowed(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _exact(number: float) -> str:
    """A number as short as it can be written without losing anything of it."""
    return format(Decimal(repr(number)), "f")


def _percent(share: float) -> str:
    return format(Decimal(repr(share)) * 100, "f")
