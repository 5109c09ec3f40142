"""The attempts of one person at one quiz: which count, how many are left, what was best."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..models import Enrolment, ProgressEvent, QuizAttempt
from ..paths.kinds import ProgressAct
from .terms import Terms, of_attempt


def in_force(enrolment: Enrolment, unit: Any) -> Any:
    """The attempts that count: those since the unit was last started again from nothing."""
    rows = QuizAttempt.objects.filter(enrolment=enrolment, unit=unit)
    since = last_reset(enrolment, unit)
    return rows.filter(started_at__gte=since) if since else rows


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in a quiz. attempts: all of them, the last first."""

    terms: Terms
    attempts: tuple[QuizAttempt, ...]
    counted: int

    @property
    def open(self) -> QuizAttempt | None:
        return next((each for each in self.attempts if each.is_open), None)

    @property
    def closed(self) -> list[QuizAttempt]:
        return [each for each in self.attempts if not each.is_open]

    @property
    def left(self) -> int | None:
        """Attempts left; None when there is no limit."""
        return max(0, self.terms.attempts - self.counted) if self.terms.attempts else None

    @property
    def best(self) -> float | None:
        return max((each.score or 0.0 for each in self.closed), default=None)

    @property
    def passed(self) -> bool:
        return any(of_attempt(each).passed(each.score) for each in self.closed)

    @property
    def over(self) -> bool:
        """Nothing more to gain: passed, or no attempt is left."""
        return self.passed or (self.left == 0 and self.open is None)


def standing(terms: Terms, enrolment: Enrolment, unit: Any) -> Standing:
    """Two queries."""
    rows = list(QuizAttempt.objects.filter(enrolment=enrolment, unit=unit).order_by("-number"))
    for row in rows:
        row.enrolment, row.unit = enrolment, unit
    since = last_reset(enrolment, unit) if terms.attempts and rows else None
    counted = [each for each in rows if since is None or each.started_at >= since]
    return Standing(terms, tuple(rows), len(counted))


def last_reset(enrolment: Enrolment, unit: Any) -> dt.datetime | None:
    """When the unit was last started again from nothing."""
    acts = ProgressEvent.objects.filter(enrolment=enrolment, unit=unit, act=ProgressAct.RESET)
    return acts.order_by("at", "pk").values_list("at", flat=True).last()
