"""The counters of enrolments when units leave a path or come back: two updates a unit, whatever the number.

The first update waits for whoever reports at that moment and holds every row concerned; the second
then sees what they wrote.
"""

from collections.abc import Iterable

from django.db.models import F

from cms.tasks import background

from ..models import Enrolment, LearningPath, PathVersion, Unit, UnitProgress
from .kinds import EnrolmentState


def units_left(path: LearningPath, units: Iterable[int]) -> None:
    """These units (primary keys) are archived: they are no longer required of anybody."""
    units = list(units)
    _add(path, units, -1)
    if units:
        complete_those_done.enqueue(path.pk)


def units_back(path: LearningPath, units: Iterable[int]) -> None:
    _add(path, units, 1)


@background()
def complete_those_done(path_id: int) -> None:
    """Whoever had done all but the units that left has completed the path: one transaction each."""
    from .record import settle_again

    rows = Enrolment.objects.filter(
        path=path_id, superseded=False, state=EnrolmentState.ACTIVE, due__gt=0, due__lte=F("done")
    )
    for row in rows:
        settle_again(row)


def _add(path: LearningPath, units: Iterable[int], one: int) -> None:
    identities = dict(Unit.objects.filter(pk__in=units).values_list("pk", "uuid"))
    required = _required(path) if identities else []
    for pk in identities:
        versions = [version for version, uuids in required if str(identities[pk]) in uuids]
        rows = Enrolment.objects.filter(path=path, version__in=versions)
        rows.update(due=F("due") + one)
        finished = UnitProgress.objects.filter(
            unit=pk, completed_at__isnull=False, enrolment__version__in=versions
        )
        rows.filter(pk__in=finished.values("enrolment")).update(done=F("done") + one)


def _required(path: LearningPath) -> list[tuple[int, set[str]]]:
    """[(version, the units that it requires)]"""
    versions = PathVersion.objects.filter(path=path).values_list("pk", "structure")
    return [
        (
            pk,
            {
                unit["uuid"]
                for chapter in structure["chapters"]
                for unit in chapter["units"]
                if unit["required"]
            },
        )
        for pk, structure in versions
    ]
