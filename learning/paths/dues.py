"""The date of a single unit: that of everybody, or that of one person. Who is late: `dated`.

A unit has a date when its type gives one in the version that the person follows (`terms`: a day, or so
many days after the enrolment), or when one was granted to the person (`EnrolmentAct`). The date of the
whole path is not said here: it is on the enrolment. Nobody is late with a unit that is optional, nor with
work that they handed in: it waits for its trainer.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ..models import EnrolmentAct
from . import structure


@dataclass(frozen=True)
class UnitDue:
    """A unit that somebody has not done yet, and its date. unit: its primary key, where it was read."""

    enrolment: int
    uuid: str
    title: str
    due_on: dt.date
    unit: int | None = None

    def is_late(self, today: dt.date) -> bool:
        return self.due_on < today


Granted = Mapping[tuple[int, str], dt.date | None]


def date_of_everybody(
    place: structure.UnitOutline, enrolled_at: dt.datetime, zone: dt.tzinfo | None = None
) -> dt.date | None:
    """The date that the type of a unit gives it, apart from that of its path."""
    if date := place.terms.get("due_on"):
        return dt.date.fromisoformat(date)
    if days := place.terms.get("days"):
        return timezone.localdate(enrolled_at, zone) + dt.timedelta(days=days)
    return None


def granted() -> QuerySet[EnrolmentAct]:
    """Terms of one person in one unit, those in force and earlier ones."""
    return EnrolmentAct.objects.filter(kind=EnrolmentAct.Kind.TERMS, unit__isnull=False)


def granted_in(enrolments: Any) -> dict[tuple[int, str], dt.date | None]:
    """{(enrolment, unit): the date of the last terms granted, None for that of everybody}: one query."""
    acts = granted().filter(enrolment__in=enrolments).order_by("at", "pk")
    return {(e, str(u)): due for e, u, due in acts.values_list("enrolment", "unit__uuid", "due_on")}


def date_of(
    enrolment: int, place: structure.UnitOutline, enrolled_at: dt.datetime, own: Granted
) -> dt.date | None:
    """The date of one person for one unit; None where the unit has none of its own."""
    return own.get((enrolment, place.uuid)) or date_of_everybody(place, enrolled_at)
