"""Captions in WebVTT (https://www.w3.org/TR/webvtt1/): checked, so that players show them."""

import html
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+.*)?")


def check_captions(file: Any) -> None:
    """Raise ValidationError, naming the line, unless players can show these captions."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("These captions are too big: the limit is 2 MB."))
    file.seek(0)
    raw = file.read()
    file.seek(0)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(_("Captions must be encoded in UTF-8.")) from None
    check_text(text)


def check_text(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise ValidationError(
            _("Captions start with the line WEBVTT. Convert .srt files to WebVTT first.")
        )
    cues = 0
    for number, line in enumerate(lines[1:], start=2):
        if "-->" not in line:
            continue
        cues += 1
        _check_timing(line.strip(), number)
    if not cues:
        raise ValidationError(_("These captions hold no text: no line gives a start and an end."))


def _check_timing(line: str, number: int) -> None:
    match = TIMING.fullmatch(line)
    if match is None:
        raise ValidationError(
            _(
                "Line %(number)d of the captions: write the times like "
                "00:01:05.000 --> 00:01:09.500."
            )
            % {"number": number}
        )
    groups = match.groups()
    if _seconds(groups[:4]) >= _seconds(groups[4:]):
        raise ValidationError(
            _("Line %(number)d of the captions: the end comes before the start.")
            % {"number": number}
        )


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def cues(text: str) -> list[tuple[float, str]]:
    """(second at which it starts, what is said) of each cue, in the order of the file.

    Tags are left out (section 4.1), and so is what is no cue: notes, styles, regions.
    """
    found: list[tuple[float, str]] = []
    for block in re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        place = next((n for n, line in enumerate(lines) if "-->" in line), None)
        match = TIMING.fullmatch(lines[place].strip()) if place is not None else None
        if place is None or match is None:
            continue
        said = html.unescape(re.sub(r"<[^>]*>", "", " ".join(lines[place + 1 :])))
        if said.split():
            found.append((_seconds(match.groups()[:4]), " ".join(said.split())))
    return found
