"""The dates of single units as a condition on enrolments, for figures, lists and the clock.

`dues.of_each` says the same person by person; a test compares both. What is late is therefore the same
for a learner, for who follows them and for the whole network.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.request_scope import remember

from ..models import Enrolment, Unit, UnitProgress
from . import dues, unit_types
from .kinds import EnrolmentState
from .structure import UnitOutline

ALWAYS = dt.date.min


def units_due(first: dt.date, last: dt.date) -> Q:
    """Enrolments in progress with a required unit, neither done nor handed in, due between these days.

    Two queries a request where no unit has a date, five at most, whatever the number of people.
    """
    found: Q = remember(("learning.units_due", first, last), lambda: _units_due(first, last))
    return found


def late(today: dt.date) -> Q:
    """Enrolments past a date that is not kept: of their path, or of one of its units."""
    return Q(due_on__lt=today) | units_due(ALWAYS, today - dt.timedelta(days=1))


def _going_on() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(state=EnrolmentState.ACTIVE, superseded=False)


Given = dict[tuple[int, str], dt.date]


def _dates() -> tuple[Given, list[tuple[int, int, UnitOutline]], set[tuple[int, int]]]:
    """What was granted, (version, unit, its place) of what may have a date, and what was handed in."""
    rows = _going_on()
    own = {key: due for key, due in dues.granted_in(rows.order_by().values("pk")).items() if due}
    outlines = dues.dated_units(rows, {unit for _row, unit in own})
    names = {place.uuid for places in outlines.values() for place in places}
    if not names:
        return own, [], set()
    held = Unit.objects.filter(uuid__in=names, archived_at=None).values_list("uuid", "pk")
    units = {str(uuid): pk for uuid, pk in held}
    placed = [
        (version, units[place.uuid], place)
        for version, places in outlines.items()
        for place in places
        if place.uuid in units
    ]
    return own, placed, set(_handed_in(units.values()))


def _handed_in(units: Iterable[int]) -> Iterator[tuple[int, int]]:
    keys = _going_on().order_by().values("pk")
    for kind in unit_types.every():
        yield from kind.waiting(keys, list(units))


def _units_due(first: dt.date, last: dt.date) -> Q:
    own, placed, handed_in = remember(("learning.dates_of_units",), _dates)
    by_unit = defaultdict(list)
    for version, unit, place in placed:
        by_unit[unit].append((version, place))
    chosen = Q(pk__in=[])
    for unit, places in by_unit.items():
        uuid = places[0][1].uuid
        granted = {row: due for (row, name), due in own.items() if name == uuid}
        of_all = Q(pk__in=[])
        for version, place in places:
            if (made := _enrolled(place, first, last)) is not None:
                of_all |= Q(version=version) & made
        within = [row for row, due in granted.items() if first <= due <= last]
        of_one = Q(pk__in=within, version__in=[version for version, _place in places])
        done = UnitProgress.objects.filter(
            enrolment=OuterRef("pk"), unit=unit, completed_at__isnull=False
        )
        waits = [row for row, asked in handed_in if asked == unit]
        dated = (of_all & ~Q(pk__in=list(granted))) | of_one
        chosen |= dated & ~Q(pk__in=waits) & ~Exists(done)
    return Q(state=EnrolmentState.ACTIVE, superseded=False) & chosen


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


def _midnight(day: dt.date) -> Any:
    # The zone in which `dues.of_each` counts days.
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())
