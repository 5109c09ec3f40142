"""What "Mes formations" says of one's paths: where to go on, what fits in ten minutes, what comes next."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from cms.request_scope import remember

from ..paths.kinds import EnrolmentState
from ..paths.reading import MyPath, UnitView, my_paths
from .recommending import About
from .weeks import Week, weeks
from .words import Standing, day_of, standing

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

    @property
    def completed_on(self) -> dt.date | None:
        return day_of(self.mine.enrolment.completed_at)


def lines(found: Online, today: dt.date | None = None) -> list[PathLine]:
    today = today or timezone.localdate()
    return [PathLine(mine, standing(mine.enrolment, today), _left(mine)) for mine in found.paths]


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
