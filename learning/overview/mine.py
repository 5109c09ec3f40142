"""What "Mes formations" says of one's paths: where to go on, what fits in ten minutes, what comes next."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cms.request_scope import remember

from ..assignments.kinds import SubmissionState
from ..models import EnrolmentAct, Submission
from ..paths import dues
from ..paths.dues import UnitDue
from ..paths.kinds import EnrolmentState
from ..paths.reading import MyPath, my_paths
from ..paths.shown import UnitView
from ..steering import holdings
from .recommending import About
from .weeks import Week, weeks
from .words import Standing, day_of, said_of_units, standing

# What is between two visitors, unless told.
MINUTES = 10


@dataclass(frozen=True)
class Step:
    """A unit to do now. left: minutes; rank: its place among `count` units."""

    mine: MyPath
    unit: UnitView
    left: int
    rank: int
    count: int


@dataclass
class Online:
    """Somebody's paths, the last active first."""

    paths: list[MyPath] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)

    @property
    def active(self) -> list[MyPath]:
        return [mine for mine in self.paths if mine.enrolment.state == EnrolmentState.ACTIVE]

    @property
    def next(self) -> Step | None:
        """Where to go on: on the path last active that has something open."""
        steps = ((mine, mine.view.next) for mine in self.active)
        return next((step_of(mine, unit) for mine, unit in steps if unit), None)

    def within(self, minutes: int) -> Step | None:
        """A unit that fits in so many minutes: another than the one to go on with, if there is one."""
        going_on = self.next
        found = [
            step
            for mine in self.active
            for unit in mine.view.units()
            if unit.is_open and not unit.done and (step := step_of(mine, unit)).left <= minutes
        ]
        own = going_on.unit.uuid if going_on else ""
        # Required first, then what fills the time best.
        found.sort(key=lambda s: (s.unit.uuid == own, not s.unit.outline.required, -s.left))
        return found[0] if found else None


def online(user: Any) -> Online:
    """In four queries a request."""
    return remember(("learning.online", user.pk), lambda: _online(user))


def _online(user: Any) -> Online:
    paths = my_paths(user)
    return Online(paths, weeks(user) if paths else [])


def to_go_on(user: Any) -> Step | None:
    """Where to go on, for a page that shows nothing else of one's paths: three queries."""
    return Online(my_paths(user, active=True, most=1)).next


def granted_to(user: Any) -> dues.Granted:
    """The dates granted to this person for single units, on the paths shown: one query, or none."""
    if not holdings.has(user, "granted-dates"):
        return {}
    rows = [mine.enrolment.pk for mine in online(user).active]
    return remember(("learning.granted", user.pk), lambda: dues.granted_in(rows))


@holdings.register("granted-dates")
def _granted(user: Any) -> QuerySet[EnrolmentAct]:
    return dues.granted().filter(enrolment__user=user)


def last_works(user: Any) -> dict[tuple[int, str], Submission]:
    """{(enrolment, unit): one's last attempt at an assignment}, on the paths shown: one query a request."""
    return remember(("learning.last_works", user.pk), lambda: _last_works(user))


def _last_works(user: Any) -> dict[tuple[int, str], Submission]:
    held = [
        mine.enrolment.pk
        for mine in online(user).paths
        if any(unit.outline.kind == "assignment" for unit in mine.view.units())
    ]
    if not held:
        return {}
    rows = Submission.objects.filter(enrolment__in=held).select_related("unit")
    return {(row.enrolment_id, str(row.unit.uuid)): row for row in rows.order_by("number")}


def units_due(user: Any) -> dict[int, list[UnitDue]]:
    """{enrolment: its required units that have a date and are not done, the first date first}.

    As `dues.of_each` says it, from what the page has read: two queries more at most.
    """
    return remember(("learning.units_due", user.pk), lambda: _units_due(user))


def _units_due(user: Any) -> dict[int, list[UnitDue]]:
    granted, works = granted_to(user), last_works(user)
    found: dict[int, list[UnitDue]] = {}
    for mine in online(user).active:
        row = mine.enrolment
        for unit in mine.view.units():
            due = dues.date_of(row.pk, unit.outline, row.created_at, granted)
            if due and _is_due(mine, unit, works):
                said = UnitDue(row.pk, unit.uuid, unit.title, due)
                found.setdefault(row.pk, []).append(said)
    return {pk: sorted(said, key=lambda each: each.due_on) for pk, said in found.items()}


def _is_due(mine: MyPath, unit: UnitView, works: Mapping[tuple[int, str], Submission]) -> bool:
    """Work that is handed in waits for its trainer."""
    work = works.get((mine.enrolment.pk, unit.uuid))
    waits = work is not None and work.state == SubmissionState.SUBMITTED
    return unit.outline.required and not (unit.done or unit.archived or waits)


def step_of(mine: MyPath, unit: UnitView) -> Step:
    units = mine.view.units()
    spent = unit.progress.active // 60 if unit.progress else 0
    left = max(unit.outline.minutes - spent, 1)
    rank = next(number for number, each in enumerate(units, start=1) if each is unit)
    return Step(mine, unit, left, rank, len(units))


@dataclass(frozen=True)
class PathLine:
    """A path as a line of the page."""

    mine: MyPath
    standing: Standing
    minutes_left: int
    # Which units are late, or due soon, in words.
    units_said: list[str] = field(default_factory=list)

    @property
    def completed_on(self) -> dt.date | None:
        return day_of(self.mine.enrolment.completed_at)


def lines(
    found: Online,
    of_units: Mapping[int, list[UnitDue]] | None = None,
    today: dt.date | None = None,
) -> list[PathLine]:
    """of_units: as `units_due` gives them."""
    today = today or timezone.localdate()
    of_units = of_units or {}
    return [
        PathLine(
            mine,
            standing(mine.enrolment, today, of_units.get(mine.enrolment.pk, ())),
            _left(mine),
            said_of_units(of_units.get(mine.enrolment.pk, ()), today),
        )
        for mine in found.paths
    ]


def _left(mine: MyPath) -> int:
    """Minutes left until the path is completed: what was spent on a unit begun is taken off."""
    return sum(
        step_of(mine, unit).left
        for unit in mine.view.units()
        if unit.outline.required and not unit.done and not unit.archived
    )


def about(user: Any, attended: dict[int, str]) -> About:
    """What recommendations are made from."""
    held = frozenset(str(mine.enrolment.path.uuid) for mine in online(user).paths)
    return About(user, attended, held)
