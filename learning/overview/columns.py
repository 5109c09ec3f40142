"""The columns of the lists of online learning: the same on the page and in files."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..steering.columns import COLUMNS as IN_PERSON
from ..steering.columns import Column
from .words import day_of, duration, said_of_units, standing


def _department(row: Any) -> str:
    return str(row.maison.commune.department) if row.maison else ""


def _followed(row: Any) -> str:
    """Where somebody of a cohort is followed, unit by unit; a path followed alone has no such page."""
    if row.cohort_id is None:
        return ""
    return reverse("learning:cohort-person", args=[row.cohort.uuid, row.uuid])


def _standing(row: Any) -> str:
    return standing(row, timezone.localdate(), row.units).label


def _units(row: Any) -> str:
    """Which units are late since when, or due soon; rows are those of `network.WithDates`."""
    return " ; ".join(said_of_units(row.units, timezone.localdate()))


COLUMNS: dict[str, list[Column]] = {
    "enrolment": [
        Column(_("Person"), lambda row: str(row.user), _followed),
        Column(_("Maison"), lambda row: row.maison.name if row.maison else ""),
        Column(_("Department"), _department, page=False),
        Column(_("Path"), lambda row: row.title),
        Column(_("Round"), lambda row: row.round, number=True, page=False),
        Column(_("Enrolled on"), lambda row: day_of(row.created_at)),
        Column(_("To complete by"), lambda row: row.due_on or ""),
        Column(_("Where they stand"), _standing, note=_units),
        Column(_("Units by date"), _units, page=False),
        Column(_("Required units done"), lambda row: row.done, number=True, page=False),
        Column(_("Required units"), lambda row: row.due, number=True, page=False),
        Column(_("Progress"), lambda row: f"{row.percent}\N{NO-BREAK SPACE}%", number=True),
        Column(_("Time"), lambda row: duration(row.seconds), number=True),
        Column(_("Last activity"), lambda row: day_of(row.last_at) or "", page=False),
        Column(_("Completed on"), lambda row: day_of(row.completed_at) or "", page=False),
    ],
    "person": IN_PERSON["person"],
}
