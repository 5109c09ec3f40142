"""A year of online learning for the demonstration: the fictitious people of the teams, at every stage.

Written in bulk, as reports would have left it (`manage.py check_progress` finds nothing to mend); what
exists is left as it is.
"""

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry

from ..models import ActiveSpan, Enrolment, LearningPath, ProgressEvent, Unit, UnitProgress
from ..paths.kinds import EnrolmentSource, EnrolmentState, ProgressAct
from ..paths.services import maisons_of
from ..paths.structure import UnitOutline, read

PEOPLE = ".equipe"
DOMAIN = "@agents.example.org"
# Of ten people on a path: how many units of ten they did.
STAGES = (10, 10, 10, 10, 8, 6, 5, 3, 1, 0)


@dataclass
class _Rows:
    """What one enrolment is written with."""

    enrolment: Enrolment
    progress: list[UnitProgress] = field(default_factory=list)
    spans: list[ActiveSpan] = field(default_factory=list)
    events: list[ProgressEvent] = field(default_factory=list)


@transaction.atomic
def load() -> None:
    people = list(
        User.objects.filter(email__contains=PEOPLE, email__endswith=DOMAIN).order_by("email")
    )
    if not people or Enrolment.objects.filter(user__in=people).exists():
        return
    maisons = maisons_of(person.pk for person in people)
    chance = random.Random(2026)  # noqa: S311 - the same people each time
    made = []
    for number, path in enumerate(LearningPath.objects.select_related("version").order_by("pk")):
        if path.version is None:
            continue
        units = {str(unit.uuid): unit for unit in Unit.objects.filter(path=path)}
        for rank, person in enumerate(people):
            if chance.random() < (0.75, 0.5)[number % 2]:
                made.append(_follow(path, person, maisons.get(person.pk), units, rank, chance))
    Enrolment.objects.bulk_create([rows.enrolment for rows in made])
    for model, name in (
        (UnitProgress, "progress"),
        (ActiveSpan, "spans"),
        (ProgressEvent, "events"),
    ):
        model.objects.bulk_create(  # type: ignore[attr-defined]
            [each for rows in made for each in getattr(rows, name)], batch_size=500
        )


def _follow(
    path: LearningPath,
    person: User,
    maison: int | None,
    units: dict[str, Unit],
    rank: int,
    chance: random.Random,
) -> _Rows:
    """One person on one path: a unit every few days since some day of the last year."""
    assert path.version is not None  # noqa: S101
    outline = read(path.version)
    now = timezone.now().replace(second=0, microsecond=0)
    began = now - dt.timedelta(days=chance.randrange(15, 360), hours=chance.randrange(8))
    row = Enrolment(
        path=path,
        user=person,
        version=path.version,
        maison_id=maison,
        created_at=began,
        due=len(outline.required()),
        source=chance.choice((EnrolmentSource.SELF, EnrolmentSource.MANAGER)),
    )
    rows = _Rows(row)
    ordered = list(outline.units())
    stage = STAGES[(rank + chance.randrange(3)) % len(STAGES)]
    moment = began
    for place in ordered[: len(ordered) * stage // 10]:
        step = dt.timedelta(days=chance.randrange(1, 9), minutes=chance.randrange(300))
        if moment + step > now - dt.timedelta(hours=1):
            break
        moment += step
        _do(rows, place, units[place.uuid], moment, chance)
    _settle(rows, outline.required(), chance, now)
    return rows


def _do(
    rows: _Rows, place: UnitOutline, unit: Unit, end: dt.datetime, chance: random.Random
) -> None:
    """A unit done at this moment, in about the time that it takes."""
    row = rows.enrolment
    spent = dt.timedelta(seconds=round(place.minutes * 60 * chance.uniform(0.6, 1.3)))
    rows.progress.append(
        UnitProgress(
            enrolment=row,
            unit=unit,
            started_at=end - spent,
            last_at=end,
            completed_at=end,
            active=int(spent.total_seconds()),
        )
    )
    rows.spans.append(ActiveSpan(enrolment=row, unit=unit, starts_at=end - spent, ends_at=end))
    rows.events.append(
        ProgressEvent(
            uuid=uuid.uuid4(), enrolment=row, unit=unit, act=ProgressAct.MARK, by=row.user, at=end
        )
    )
    row.seconds += int(spent.total_seconds())
    row.last_unit, row.last_at = unit, end


def _settle(rows: _Rows, required: list[str], chance: random.Random, now: dt.datetime) -> None:
    row = rows.enrolment
    row.done = sum(str(progress.unit.uuid) in required for progress in rows.progress)
    if row.done == row.due:
        row.state, row.completed_at = EnrolmentState.COMPLETED, row.last_at
    elif chance.random() < 0.1:
        row.state = EnrolmentState.LEFT
    elif row.source == EnrolmentSource.MANAGER:
        row.due_on = (now + dt.timedelta(days=chance.randrange(-25, 70))).date()


class OverviewLoader:
    # After the paths and the people of the teams.
    order = 72

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.overview", OverviewLoader())
