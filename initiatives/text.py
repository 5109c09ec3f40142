"""What people write in plain text, shown: paragraphs and lists; a period in words."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_BULLETS = ("- ", "– ", "• ", "* ")


def to_html(text: str) -> SafeString:
    """Paragraphs between empty lines; lines that start with a dash become a list. All is escaped."""
    parts: list[str] = []
    for block in _blocks(text):
        items = [line for line in block if line.startswith(_BULLETS)]
        if items and len(items) == len(block):
            lines = "".join(f"<li>{escape(line[2:].strip())}</li>" for line in block)
            parts.append(f"<ul>{lines}</ul>")
        else:
            parts.append(f"<p>{'<br>'.join(escape(line) for line in block)}</p>")
    return mark_safe("".join(parts))


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines of one kind, either all of a list or none."""
    blocks: list[list[str]] = []
    before: bool | None = None
    for line in (line.strip() for line in text.splitlines()):
        kind = line.startswith(_BULLETS) if line else None
        if kind is not None:
            if kind != before:
                blocks.append([])
            blocks[-1].append(line)
        before = kind
    return blocks


def period(sheet: Any) -> str:
    """« depuis avril 2014 », « de 2012 à 2015 », « jusqu’en 2016 », or nothing."""
    start = _month(sheet.start_year, sheet.start_month)
    end = _month(sheet.end_year, sheet.end_month)
    if start and end:
        return start if start == end else _("%(start)s to %(end)s") % {"start": start, "end": end}
    if start:
        return _("since %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else ""


def _month(year: int | None, month: int | None) -> str:
    if not year:
        return ""
    return date_format(dt.date(year, month, 1), "F Y") if month else str(year)
