"""Attendance sheets on paper (docs/pdf.md). What people need for their comfort is never on them."""

import math
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cms import pdf

from ..models import Session
from .sheet import Line, Part, Sheet, sheet_of

# Half-days side by side on one page; rows for those who come without being registered.
ACROSS = 4
SPARE_ROWS = 6


def filled(session: Session) -> bytes:
    """The sheet as it stands. Raises cms.pdf.PdfUnavailable."""
    sheet = sheet_of(session)
    context = {
        "title": _("Attendance sheet: %(session)s") % {"session": session},
        "blocks": _blocks(sheet),
        "as_of": timezone.now().astimezone(session.zone),
        **_common(session),
    }
    return pdf.make("learning/attendance/pdf/filled.html", context)


def blank(session: Session) -> bytes:
    """The sheet to print: names, boxes to sign in, spare rows. Raises cms.pdf.PdfUnavailable."""
    sheet = sheet_of(session)
    context = {
        "title": _("Attendance sheet to sign: %(session)s") % {"session": session},
        "blocks": _blocks(sheet),
        "spare": range(SPARE_ROWS),
        **_common(session),
    }
    return pdf.make("learning/attendance/pdf/blank.html", context)


def _common(session: Session) -> dict[str, Any]:
    return {
        "session": session,
        "trainers": ", ".join(str(trainer) for trainer in session.trainers.all()),
    }


def _blocks(sheet: Sheet) -> list[tuple[list[Part], list[tuple[Any, list[Line]]]]]:
    """[(half-days that stand side by side, [(registration, what is known of each)])]."""
    size = _even(len(sheet.parts))
    return [
        (
            sheet.parts[first : first + size],
            [(row, lines[first : first + size]) for row, lines in sheet.cells()],
        )
        for first in range(0, len(sheet.parts), size or 1)
    ]


def _even(count: int) -> int:
    """How many half-days stand side by side, so that pages are filled alike."""
    return math.ceil(count / math.ceil(count / ACROSS)) if count else 0
