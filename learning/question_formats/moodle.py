"""Reading Moodle XML. Parsing trusts nothing: no document type, no entity, no depth without end."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..quizzes.content import from_json, matching_of, to_json
from . import types
from .found import Found, Losses, Refused, Unreadable, Verdict
from .pictures import Pictures
from .texts import as_html, as_word, word_as_html
from .values import decimal, exact

MOST_DEPTH = 40
MOST_ELEMENTS = 400_000
LINE = "line-of-the-file"


class _Builder(TreeBuilder):
    """Builds the tree, with the line of each question; stops where no honest file goes."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0
        self.line: Callable[[], int] = lambda: 0

    def start(self, tag: Any, attrs: Any) -> Any:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEPTH or self.count > MOST_ELEMENTS:
            raise Unreadable(
                _("Line %(line)d: too much is nested, or the file is too long.")
                % {"line": self.line()}
            )
        if tag == "question":
            attrs = {**attrs, LINE: str(self.line())}
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Any:
        self.depth -= 1
        return super().end(tag)


def parse(content: bytes) -> Element:
    """The tree of a file. Raises Unreadable."""
    builder = _Builder()
    parser: Any = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.line = lambda: int(parser.parser.CurrentLineNumber)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        text = _("Line %(line)d, column %(column)d: this is not XML.")
        raise Unreadable(text % {"line": line, "column": column}) from error
    except DefusedXmlException as error:
        text = _("The file declares entities or a document type: that is refused, for safety.")
        raise Unreadable(text) from error
    except (ValueError, LookupError, AssertionError) as error:
        raise Unreadable(_("The encoding of the file is not known: save it in UTF-8.")) from error
    if root.tag != "quiz":
        raise Unreadable(_("This is not a file of Moodle questions: it has no “quiz”."))
    return root


def read(content: bytes) -> list[Found]:
    """Every question of a file, in order. Raises Unreadable for the file as a whole."""
    category = ""
    found: list[Found] = []
    pictures = Pictures()
    for element in parse(content):
        if element.tag != "question":
            continue
        if element.get("type") == "category":
            category = category_of(_text(element.find("category")))
            continue
        found.append(_read(element, len(found) + 1, category, pictures))
    return found


def category_of(path: str) -> str:
    """The last part of "$course$/top/Thème/Accueil", without what Moodle puts before it."""
    escaped = path.replace("//", "\x01")
    parts = [part.replace("\x01", "/").strip() for part in escaped.split("/")]
    named = [part for part in parts if part and part != "top" and not part.startswith("$")]
    return as_word(named[-1]) if named else ""


def _read(element: Element, position: int, category: str, pictures: Pictures) -> Found:
    kind = element.get("type") or ""
    line = int(element.get(LINE) or 0)
    found = Found(position, line, kind[:40], as_word(_text(element.find("name")))[:255], category)
    losses = Losses(pictures)
    try:
        found.content = _content(kind, element, losses)
        found.pictures = pictures.held
        found.reasons = losses.said
    except ValidationError as error:
        found.reasons = list(error.messages)
    return found


def _content(kind: str, element: Element, losses: Losses) -> dict[str, Any]:
    held = types.MOODLE.get(kind)
    if held is None:
        raise Refused(_("Questions of the type “%(type)s” are not taken.") % {"type": kind[:40]})
    if held.verdict == Verdict.REFUSED:
        raise Refused(str(held.note))
    data = _common(element, losses) | READERS[kind](element, losses)
    _say_losses(element, losses)
    return to_json(from_json(data))


def _common(element: Element, losses: Losses) -> dict[str, Any]:
    """What every type has."""
    told = {
        "feedback": "generalfeedback",
        "when_right": "correctfeedback",
        "when_partial": "partiallycorrectfeedback",
        "when_wrong": "incorrectfeedback",
    }
    texts = {name: _html(element.find(tag), losses) for name, tag in told.items()}
    grade = float(exact(_plain(element, "defaultgrade") or "1"))
    return {"text": _html(element.find("questiontext"), losses), "grade": grade, **texts}


def _say_losses(element: Element, losses: Losses) -> None:
    if any(_file_name(each) not in losses.shown for each in element.iter("file")):
        losses.add(_("Its attached files are left out."))
    if any(_text(hint).strip() for hint in element.findall("hint")):
        losses.add(_("Its hints are left out."))
    if element.find("tags/tag") is not None:
        losses.add(_("Its tags are left out."))
    if _flag(element, "hidden"):
        losses.add(_("It was hidden there: here it can be asked."))


# -- Types -----------------------------------------------------------------------------------------


def _multichoice(element: Element, losses: Losses) -> dict[str, Any]:
    single = _flag(element, "single", default=True)
    if not _flag(element, "shuffleanswers", default=True):
        losses.add(_("The order of its answers may change: a quiz decides it."))
    choices = [
        {
            "text": _html(answer, losses),
            "fraction": _fraction(answer),
            "feedback": _html(answer.find("feedback"), losses),
        }
        for answer in element.findall("answer")
    ]
    if single:
        return {"kind": "single", "choices": choices}
    return {"kind": "multiple", "choices": choices, "whole": _flag(element, "maisons_whole")}


def _multichoiceset(element: Element, losses: Losses) -> dict[str, Any]:
    held = _multichoice(element, losses)
    right = [choice for choice in held["choices"] if choice["fraction"] > 0]
    for choice in held["choices"]:
        choice["fraction"] = 1 / len(right) if choice in right else 0.0
    return {"kind": "multiple", "choices": held["choices"], "whole": True}


def _truefalse(element: Element, losses: Losses) -> dict[str, Any]:
    told: dict[str, Any] = {}
    right = []
    for answer in element.findall("answer"):
        word = as_word(_text(answer)).lower()
        if word not in ("true", "false"):
            raise Refused(_("Its answers are not “true” and “false”."))
        told[f"feedback_{word}"] = _html(answer.find("feedback"), losses)
        if _fraction(answer) >= 1:
            right.append(word)
    if len(right) != 1:
        raise Refused(_("One of its two answers must be right, and one only."))
    return {"kind": "true_false", "answer": right == ["true"], **told}


def _matching(element: Element, losses: Losses) -> dict[str, Any]:
    if not _flag(element, "shuffleanswers", default=True):
        losses.add(_("The order of its answers may change: a quiz decides it."))
    pairs, extra = [], []
    for part in element.findall("subquestion"):
        text = _html(part, losses)
        answer = word_as_html(_text(part.find("answer")))
        if text:
            pairs.append((text, answer, _html(part.find("feedback"), losses)))
        elif answer:
            extra.append(answer)
    return {"kind": "matching", **matching_of(pairs, extra)}


WHOLE, BY_PLACE = {"ALL_OR_NOTHING", "-1"}, {"ABSOLUTE_POSITION", "0", ""}


def _ordering(element: Element, losses: Losses) -> dict[str, Any]:
    if (_plain(element, "selecttype") or "ALL") not in ("ALL", "0"):
        losses.add(_("Only some of its items would have been asked: all are."))
    grading = _plain(element, "gradingtype")
    if grading not in WHOLE | BY_PLACE:
        losses.add(_("It was graded another way: here each item at its place counts."))
    # Each answer says its place; files written by other programs give them in order.
    answers = sorted(element.findall("answer"), key=lambda each: _place(each))
    items = [
        {"text": _html(each, losses), "feedback": _html(each.find("feedback"), losses)}
        for each in answers
    ]
    return {"kind": "ordering", "items": items, "whole": grading in WHOLE}


def _place(answer: Element) -> Decimal:
    place = decimal(answer.get("fraction") or "0")
    return place if place is not None else Decimal(0)


def _shortanswer(element: Element, losses: Losses) -> dict[str, Any]:
    answers = [
        {
            "pattern": as_word(_text(answer)),
            "fraction": _fraction(answer),
            "feedback": _html(answer.find("feedback"), losses),
        }
        for answer in element.findall("answer")
    ]
    return {
        "kind": "short",
        "answers": answers,
        "case": _flag(element, "usecase"),
        "accents": _flag(element, "maisons_accents", default=True),
    }


def _numerical(element: Element, losses: Losses) -> dict[str, Any]:
    answers = []
    for answer in element.findall("answer"):
        value = as_word(_text(answer))
        answers.append(
            {
                "value": None if value == "*" else str(exact(value)),
                "tolerance": str(exact(_plain(answer, "tolerance") or "0")),
                "fraction": _fraction(answer),
                "feedback": _html(answer.find("feedback"), losses),
            }
        )
    units = [
        {
            "name": as_word(_plain(unit, "unit_name")),
            "factor": str(exact(_plain(unit, "multiplier") or "1")),
        }
        for unit in element.findall("units/unit")
    ]
    if units and _plain(element, "unitgradingtype") not in ("", "0"):
        losses.add(_("A missing unit would have cost points: here it costs nothing."))
    return {"kind": "numeric", "answers": answers, "units": units}


READERS: dict[str, Callable[[Element, Losses], dict[str, Any]]] = {
    "multichoice": _multichoice,
    "multichoiceset": _multichoiceset,
    "truefalse": _truefalse,
    "matching": _matching,
    "ordering": _ordering,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
}


# -- Values ----------------------------------------------------------------------------------------


def _text(element: Element | None) -> str:
    """The text of an element that holds a <text>, or the text itself."""
    if element is None:
        return ""
    inner = element.find("text")
    return (inner.text if inner is not None else element.text) or ""


def _plain(element: Element, tag: str) -> str:
    found = element.find(tag)
    return (found.text or "").strip() if found is not None else ""


def _html(element: Element | None, losses: Losses) -> str:
    if element is None:
        return ""
    files = {_file_name(each): each.text or "" for each in element.findall("file")}
    return as_html(_text(element), element.get("format") or "html", losses, files)


def _file_name(file: Element) -> str:
    """The place of a file that comes with a text, as the text names it."""
    return f"{(file.get('path') or '').strip('/')}/{file.get('name') or ''}".strip("/")


def _flag(element: Element, tag: str, *, default: bool = False) -> bool:
    found = element.find(tag)
    if found is None:
        return default
    # An empty element is how Moodle writes some flags that are set.
    return (found.text or "1").strip().lower() in ("1", "true")


def _fraction(answer: Element) -> float:
    return float(exact(answer.get("fraction") or "0") / 100)
