"""Reading GIFT (https://docs.moodle.org/en/GIFT_format), by a grammar of our own.

    file      = { comment | category | question }        separated by empty lines
    category  = "$CATEGORY:" path
    question  = [ "::" title "::" ] [ "[" format "]" ] text [ "{" answers "}" [ text ] ]
    answers   = "" | "#" numbers | "T" | "F" | matches | choices | words, then [ "####" feedback ]
    choice    = ( "=" | "~" ) [ "%" share "%" ] text [ "#" feedback ]
    match     = "=" text "->" text

A backslash takes its meaning away from the sign after it; `\\n` is a new line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..quizzes.content import from_json, matching_of, to_json
from . import types
from .found import Found, Losses, Refused, Unreadable
from .moodle import category_of
from .pictures import Pictures
from .texts import AUTO, NAMES, as_html, as_word, word_as_html
from .values import exact

# Escaped signs travel as signs that Unicode gives to nobody, and come back at the end.
SIGNS = "~=#{}:\\%->n"
ESCAPED = {sign: chr(0xFDD0 + place) for place, sign in enumerate(SIGNS)}
BACK = str.maketrans({code: "\n" if sign == "n" else sign for sign, code in ESCAPED.items()})
RESERVED = re.compile("[\ufdd0-\ufdef]")
TITLE = re.compile(r"::(.*?)::", re.S)
FORMAT = re.compile(r"\[([a-z_]+)\]")
SHARE = re.compile(r"%\s*(-?\d{1,3}(?:[.,]\d{1,10})?)\s*%")
PREFIXED = re.compile(r"([=~])")
HOLE = "_____"
MOST_SHARE = 100
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(frozen=True)
class Block:
    """The lines of one question. line: where it begins in the file."""

    line: int
    text: str


def read(content: bytes) -> list[Found]:
    """Every question of a file, in order. Raises Unreadable for the file as a whole."""
    category = ""
    found: list[Found] = []
    for block in blocks(decoded(content)):
        if block.text.startswith("$CATEGORY:"):
            named, _newline, rest = block.text.partition("\n")
            category = category_of(_back(named.removeprefix("$CATEGORY:").strip()))
            if not rest.strip():
                continue
            block = Block(block.line + 1, rest.strip())
        found.append(_read(block, len(found) + 1, category))
    return found


def decoded(content: bytes) -> str:
    """The text of a file. Raises Unreadable."""
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        text = _("The encoding of the file is not known: save it in UTF-8.")
        raise Unreadable(text) from error
    if "\x00" in text:
        raise Unreadable(_("The file holds signs that no text holds."))
    return RESERVED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def blocks(text: str) -> Iterator[Block]:
    """The questions and categories of a text: what stands between empty lines, without comments."""
    kept: list[str] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip():
            first = first or number
            kept.append(line)
        elif kept:
            yield Block(first, _escaped("\n".join(kept).strip()))
            kept, first = [], 0


def _escaped(text: str) -> str:
    return re.sub(r"\\([~=#{}:\\%>n-])", lambda found: ESCAPED[found[1]], text)


def _back(text: str) -> str:
    return text.translate(BACK)


@dataclass
class _Question:
    """A question cut in its parts, still escaped."""

    title: str
    form: str
    text: str
    answers: str | None
    feedback: str


def _read(block: Block, position: int, category: str) -> Found:
    found = Found(position, block.line, "", "", category)
    losses = Losses(Pictures())
    try:
        question = cut(block.text)
        found.name = as_word(_back(question.title or question.text))[:255]
        found.type = kind_of(question)
        found.content = _content(found.type, question, losses)
        found.reasons = losses.said
    except ValidationError as error:
        found.reasons = list(error.messages)
    return found


def cut(text: str) -> _Question:
    """The parts of a question. Raises Refused when braces do not match."""
    title = ""
    if titled := TITLE.match(text):
        title, text = titled[1].strip(), text[titled.end() :].strip()
    form = AUTO
    if formatted := FORMAT.match(text):
        if formatted[1] not in NAMES:
            raise Refused(_("The format “%(name)s” is not known.") % {"name": formatted[1][:40]})
        form, text = NAMES[formatted[1]], text[formatted.end() :].strip()
    opened, closed = text.find("{"), text.rfind("}")
    if opened < 0 and closed < 0:
        return _Question(title, form, text, None, "")
    if opened < 0 or closed < opened or text.count("{") > 1 or text.count("}") > 1:
        raise Refused(_("Its braces do not match: write \\{ and \\} for the signs themselves."))
    before, inside, after = text[:opened].strip(), text[opened + 1 : closed], text[closed + 1 :]
    answers, _marks, feedback = inside.partition("####")
    if after.strip():
        before = f"{before} {HOLE} {after.strip()}"
    return _Question(title, form, before, answers.strip(), feedback.strip())


def kind_of(question: _Question) -> str:
    """The type of a question, as `types.GIFT` names it."""
    answers = question.answers
    if answers is None:
        return "description"
    if not answers:
        return "essay"
    if answers.startswith("#"):
        return "numerical"
    if answers.partition("#")[0].strip().upper() in TRUTHS:
        return "truefalse"
    if answers.startswith("=") and "->" in answers:
        return "matching"
    if "~" in answers:
        return "multichoice"
    return "shortanswer"


def _content(kind: str, question: _Question, losses: Losses) -> dict[str, Any]:
    if kind not in READERS:
        raise Refused(str(types.GIFT[kind].note))
    reader = _Reader(question, losses)
    data = {
        "text": reader.html(question.text),
        "feedback": reader.html(question.feedback),
        **READERS[kind](reader, question.answers or ""),
    }
    return to_json(from_json(data))


class _Reader:
    """Texts in the format of their question."""

    def __init__(self, question: _Question, losses: Losses) -> None:
        self.form, self.losses = question.form, losses

    def html(self, text: str) -> str:
        """An answer may say a format of its own."""
        text, form = text.strip(), self.form
        formatted = FORMAT.match(text)
        if formatted and formatted[1] in NAMES:
            form, text = NAMES[formatted[1]], text[formatted.end() :]
        return as_html(_back(text), form, self.losses)

    def told(self, answer: str) -> tuple[str, str]:
        """(answer, feedback as HTML)."""
        said, _sign, feedback = answer.partition("#")
        return said.strip(), self.html(feedback)


def _choices(answers: str) -> Iterator[tuple[str, float | None, str]]:
    """(sign, share said between % signs, the rest) of each answer. Raises Refused."""
    first, *parts = PREFIXED.split(answers)
    if first.strip():
        raise Refused(_("An answer begins with = or ~."))
    for sign, text in zip(parts[::2], parts[1::2], strict=True):
        share = SHARE.match(text.lstrip())
        if share is None:
            yield sign, None, text
            continue
        weight = float(share[1].replace(",", "."))
        if not -MOST_SHARE <= weight <= MOST_SHARE:
            raise Refused(_("A share is between -100 and 100."))
        yield sign, weight / 100, text.lstrip()[share.end() :]


def _multichoice(reader: _Reader, answers: str) -> dict[str, Any]:
    choices, single = [], False
    for sign, share, text in _choices(answers):
        said, feedback = reader.told(text)
        single = single or sign == "="
        fraction = share if share is not None else float(sign == "=")
        choices.append({"text": reader.html(said), "fraction": fraction, "feedback": feedback})
    return {"kind": "single" if single else "multiple", "choices": choices}


def _shortanswer(reader: _Reader, answers: str) -> dict[str, Any]:
    held = []
    for _sign, share, text in _choices(answers):
        said, feedback = reader.told(text)
        fraction = 1.0 if share is None else share
        held.append({"pattern": as_word(_back(said)), "fraction": fraction, "feedback": feedback})
    return {"kind": "short", "answers": held, "case": False, "accents": True}


def _truefalse(reader: _Reader, answers: str) -> dict[str, Any]:
    """What is said to who is wrong comes first, then what is said to who is right."""
    word, *told = [part.strip() for part in answers.split("#")]
    wrong, right = [*(reader.html(text) for text in told[:2]), "", ""][:2]
    answer = TRUTHS[word.upper()]
    return {
        "kind": "true_false",
        "answer": answer,
        "feedback_true": right if answer else wrong,
        "feedback_false": wrong if answer else right,
    }


def _matching(reader: _Reader, answers: str) -> dict[str, Any]:
    first, *parts = re.split(r"=", answers)
    if first.strip():
        raise Refused(_("An answer begins with = or ~."))
    pairs, extra = [], []
    for part in parts:
        asked, arrow, answer = part.partition("->")
        if not arrow:
            raise Refused(_("Each pair is written “= text -> answer”."))
        text = reader.html(asked)
        matched = word_as_html(_back(answer))
        if text:
            pairs.append((text, matched, ""))
        elif matched:
            extra.append(matched)
    return {"kind": "matching", **matching_of(pairs, extra)}


def _numerical(reader: _Reader, answers: str) -> dict[str, Any]:
    body, sign, wrong = answers.removeprefix("#").partition("~")
    held = []
    for part in body.split("=") if "=" in body else [body]:
        if not part.strip():
            continue
        share = SHARE.match(part.lstrip())
        text = part.lstrip()[share.end() :] if share else part
        said, feedback = reader.told(text)
        value, tolerance = _bounds(_back(said))
        fraction = float(share[1].replace(",", ".")) / 100 if share else 1.0
        held.append(
            {"value": value, "tolerance": tolerance, "fraction": fraction, "feedback": feedback}
        )
    if sign and (feedback := reader.html(wrong.partition("#")[2])):
        held.append({"value": None, "fraction": 0.0, "feedback": feedback})
    return {"kind": "numeric", "answers": held}


def _bounds(said: str) -> tuple[str | None, str]:
    """(value, tolerance) of "3", "3:0.5" or "2.5..3.5"."""
    if ".." in said:
        low, high = (exact(part) for part in said.split("..", 1))
        return str((low + high) / 2), str((high - low) / 2)
    value, _sign, tolerance = said.partition(":")
    if value.strip() == "*":
        return None, "0"
    return str(exact(value)), str(exact(tolerance or "0"))


READERS = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "matching": _matching,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
}
