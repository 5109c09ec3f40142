"""Which units are due when: of some enrolments, and as a condition on enrolments, for figures and lists.

A page asks `Dates` of the people whom it is about; the clock and the network ask `late` and `units_due`. All
say the same (`tests/learning/paths/test_dated.py`): what is late is so for everybody who looks.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.request_scope import remember

from ..models import Enrolment, PathVersion, Unit, UnitProgress
from . import structure, unit_types
from .dues import UnitDue, date_of_everybody, granted_in
from .kinds import EnrolmentState
from .structure import UnitOutline

ALWAYS = dt.date.min
NOBODY = Q(pk__in=[])


class Dates:
    """The dates of units of these enrolments: two queries where no path gives any, six at most.

    Six: what was granted, versions with dates, those of these enrolments, units, and those that are
    handed in, by type. An optional unit has no date, nor has one that is withdrawn.
    """

    def __init__(self, rows: QuerySet[Enrolment]) -> None:
        keys = rows.order_by().values("pk")
        own = granted_in(keys)
        self.own = {key: due for key, due in own.items() if due}
        outlines = _outlines(rows, set(self.own))
        names = {place.uuid for places in outlines.values() for place in places}
        held = Unit.objects.filter(uuid__in=names, archived_at=None) if names else ()
        self.units = {str(unit.uuid): unit.pk for unit in held}
        # {version: its units that may have a date}
        self.places = {
            version: [place for place in places if place.uuid in self.units]
            for version, places in outlines.items()
        }
        self.handed_in = set(_handed_in(keys, list(self.units.values()))) if self.units else set()

    def of(self, rows: Iterable[Enrolment]) -> dict[int, list[UnitDue]]:
        """{enrolment: its units that are neither done nor handed in, the first date first}: one query, or none."""
        dated = [row for row in rows if self.places.get(row.version_id)]
        if not dated:
            return {}
        done = UnitProgress.objects.filter(
            enrolment__in=[row.pk for row in dated],
            unit__in=self.units.values(),
            completed_at__isnull=False,
        )
        ended = self.handed_in.union(done.values_list("enrolment", "unit"))
        zone = timezone.get_default_timezone()
        found = defaultdict(list)
        for row in dated:
            for place in self.places[row.version_id]:
                unit = self.units[place.uuid]
                due = self.own.get((row.pk, place.uuid))
                due = due or date_of_everybody(place, row.created_at, zone)
                if due is not None and (row.pk, unit) not in ended:
                    found[row.pk].append(UnitDue(row.pk, place.uuid, place.title, due, unit))
        return {pk: sorted(said, key=lambda each: each.due_on) for pk, said in found.items()}

    def due(self, first: dt.date, last: dt.date) -> Q:
        """Enrolments in progress with a unit, neither done nor handed in, due between these days."""
        chosen = NOBODY
        for version, places in self.places.items():
            for place in places:
                chosen |= self._of_place(version, place, first, last)
        return Q(state=EnrolmentState.ACTIVE, superseded=False) & chosen

    def first(self, rows: QuerySet[Enrolment], last: dt.date, count: int) -> Q:
        """Holds, among these, for the `count` whose units are due first, up to a day, and for few others."""
        chosen = Q(pk__in=[row for (row, _unit), due in self.own.items() if due <= last])
        for version, places in self.places.items():
            for place in places:
                of_place = rows.filter(self._of_place(version, place, ALWAYS, last))
                longest = of_place.order_by("created_at", "pk").values("pk")[:count]
                chosen |= Q(pk__in=longest)
        return chosen

    def _of_place(self, version: int, place: UnitOutline, first: dt.date, last: dt.date) -> Q:
        unit = self.units[place.uuid]
        granted = {row: due for (row, uuid), due in self.own.items() if uuid == place.uuid}
        dated = Q(pk__in=[row for row, due in granted.items() if first <= due <= last])
        if (everybody := _enrolled(place, first, last)) is not None:
            dated |= everybody & ~Q(pk__in=list(granted))
        waits = [row for row, asked in self.handed_in if asked == unit]
        done = UnitProgress.objects.filter(
            enrolment=OuterRef("pk"), unit=unit, completed_at__isnull=False
        )
        return Q(version=version) & dated & ~Q(pk__in=waits) & ~Exists(done)


def of_each(rows: QuerySet[Enrolment]) -> dict[int, list[UnitDue]]:
    """{enrolment: its required units that have a date and are not done, the first date first}.

    Two queries where no unit has a date, seven at most, whatever the number of people.
    """
    dates = Dates(rows)
    if not dates.units:
        return {}
    return dates.of(rows.order_by("pk").only("pk", "version", "created_at"))


def units_due(first: dt.date, last: dt.date) -> Q:
    """`Dates.due` of everybody: the queries of one `Dates` a request."""
    return of_everybody().due(first, last)


def late(today: dt.date) -> Q:
    """Enrolments past a date that is not kept: of their path, or of one of its units."""
    return Q(due_on__lt=today) | units_due(ALWAYS, today - dt.timedelta(days=1))


def of_everybody() -> Dates:
    """The dates of whoever is on a path: once a request."""
    going_on = Enrolment.objects.filter(state=EnrolmentState.ACTIVE, superseded=False)
    found: Dates = remember(("learning.dates",), lambda: Dates(going_on))
    return found


def _outlines(
    rows: QuerySet[Enrolment], granted: set[tuple[int, str]]
) -> dict[int, list[structure.UnitOutline]]:
    """{version: its units that may have a date}: one query where there is none, else two.

    Which versions a whole team follows takes long to find: it is asked of those alone that have dates.
    """
    wanted = Q(dated=True)
    if granted:
        theirs = Enrolment.objects.filter(pk__in=[row for row, _unit in granted])
        wanted |= Q(pk__in=theirs.order_by().values("version"))
    dated = list(PathVersion.objects.filter(wanted).values_list("pk", flat=True))
    if not dated:
        return {}
    followed = rows.order_by().filter(version__in=dated).values("version")
    named = {unit for _row, unit in granted}
    return {
        version.pk: [
            unit
            for unit in structure.read(version).units()
            if unit.required and (unit.uuid in named or unit.is_dated)
        ]
        for version in PathVersion.objects.filter(pk__in=followed).defer("structure")
    }


def _handed_in(enrolments: Any, units: list[int]) -> Iterable[tuple[int, int]]:
    """What waits for somebody else: one query of each type that is handed in."""
    for kind in unit_types.every():
        yield from kind.waiting(enrolments, units)


def _enrolled(place: UnitOutline, first: dt.date, last: dt.date) -> Q | None:
    """Who has the date of everybody for a unit between these days; None: nobody."""
    if date := place.terms.get("due_on"):
        return Q(pk__isnull=False) if first <= dt.date.fromisoformat(date) <= last else None
    if days := place.terms.get("days"):
        before = Q(created_at__lt=_midnight(last - dt.timedelta(days=days - 1)))
        if first == ALWAYS:
            return before
        return before & Q(created_at__gte=_midnight(first - dt.timedelta(days=days)))
    return None


def _midnight(day: dt.date) -> dt.datetime:
    # The zone in which days after an enrolment are counted.
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())
