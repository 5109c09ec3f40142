"""Due dates of single units: what is to be done by when, and is not.

A unit has a date when its type gives one in the version that the person follows (`terms`: a day, or so
many days after the enrolment), or when one was granted to the person (`EnrolmentAct`). The date of the
whole path is not said here: it is on the enrolment. Nobody is late with a unit that is optional, nor with
work that they handed in: it waits for its trainer.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ..models import Enrolment, EnrolmentAct, PathVersion, Unit, UnitProgress
from . import structure, unit_types


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


def of_each(rows: QuerySet[Enrolment]) -> dict[int, list[UnitDue]]:
    """{enrolment: its required units that have a date and are not done, the first date first}.

    Two queries where no unit has a date, six at most, whatever the number of people.
    """
    keys = rows.order_by().values("pk")
    own = granted_in(keys)
    outlines = dated_units(rows, {unit for (_row, unit), due in own.items() if due})
    dated = {pk: units for pk, units in outlines.items() if units}
    if not dated:
        return {}
    names = {unit.uuid for units in dated.values() for unit in units}
    held = Unit.objects.filter(uuid__in=names, archived_at=None).values_list("uuid", "pk")
    units_by_name = {str(uuid): pk for uuid, pk in held}
    ended = _ended(keys, units_by_name.values())
    zone = timezone.get_default_timezone()
    found = defaultdict(list)
    for pk, version, at in rows.order_by("pk").values_list("pk", "version", "created_at"):
        for place in dated.get(version, ()):
            due = own.get((pk, place.uuid)) or date_of_everybody(place, at, zone)
            unit = units_by_name.get(place.uuid)
            if due is not None and unit is not None and (pk, unit) not in ended:
                found[pk].append(UnitDue(pk, place.uuid, place.title, due, unit))
    return {pk: sorted(dues, key=lambda each: each.due_on) for pk, dues in found.items()}


def dated_units(
    rows: QuerySet[Enrolment], granted: set[str]
) -> dict[int, list[structure.UnitOutline]]:
    """{version: its units that may have a date}: one query, each version being read once a process."""
    versions = PathVersion.objects.filter(pk__in=rows.order_by().values("version"))
    return {
        version.pk: [
            unit
            for unit in structure.read(version).units()
            if unit.required
            and (unit.uuid in granted or unit.terms.get("due_on") or unit.terms.get("days"))
        ]
        for version in versions.defer("structure")
    }


def _ended(enrolments: Any, units: Iterable[int]) -> set[tuple[int, int]]:
    """What is done, or handed in: a query, and one of each type that is handed in."""
    units = list(units)
    done = UnitProgress.objects.filter(
        enrolment__in=enrolments, unit__in=units, completed_at__isnull=False
    )
    ended = set(done.values_list("enrolment", "unit"))
    for kind in unit_types.every():
        ended.update(kind.waiting(enrolments, units))
    return ended
