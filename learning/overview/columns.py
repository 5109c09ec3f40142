"""The columns of the lists of online learning: the same on the page and in files."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..steering.columns import COLUMNS as IN_PERSON
from ..steering.columns import Column
from .words import day_of, duration, standing_by


def _department(row: Any) -> str:
    return str(row.maison.commune.department) if row.maison else ""


def _standing(row: Any) -> str:
    """As the rows of `network` are marked: late, or due soon, by the path or by one of its units."""
    today = timezone.localdate()
    marks = [(row.unit_late, today - dt.timedelta(days=1)), (row.unit_soon, today)]
    dates = [day for held, day in marks if held] + ([row.due_on] if row.due_on else [])
    return standing_by(row, today, min(dates, default=None)).label


COLUMNS: dict[str, list[Column]] = {
    "enrolment": [
        Column(_("Person"), lambda row: str(row.user)),
        Column(_("Maison"), lambda row: row.maison.name if row.maison else ""),
        Column(_("Department"), _department, page=False),
        Column(_("Path"), lambda row: row.title),
        Column(_("Round"), lambda row: row.round, number=True, page=False),
        Column(_("Enrolled on"), lambda row: day_of(row.created_at)),
        Column(_("To complete by"), lambda row: row.due_on or ""),
        Column(_("Where they stand"), _standing),
        Column(_("Required units done"), lambda row: row.done, number=True, page=False),
        Column(_("Required units"), lambda row: row.due, number=True, page=False),
        Column(_("Progress"), lambda row: f"{row.percent}\N{NO-BREAK SPACE}%", number=True),
        Column(_("Time"), lambda row: duration(row.seconds), number=True),
        Column(_("Last activity"), lambda row: day_of(row.last_at) or "", page=False),
        Column(_("Completed on"), lambda row: day_of(row.completed_at) or "", page=False),
    ],
    "person": IN_PERSON["person"],
}
