"""What the rules of a cohort say of each of its people, now: a handful of queries for all of them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from ..models import Cohort, Enrolment, FollowRules, PathVersion, Unit, UnitProgress
from ..paths import dated
from ..paths.kinds import CompletionRule, EnrolmentState
from . import attempts
from .attempts import Tries
from .kinds import FailingWhen, FlagCause, FlagKind

Key = tuple[int, str]


@dataclass(frozen=True)
class Finding:
    """Something true of somebody, with the rule that says so. Fields as those of `Told`."""

    enrolment: int
    kind: str
    cause: str
    began_at: dt.datetime
    since: dt.datetime
    limit: int = 0
    value: int | None = None
    unit: int | None = None

    @property
    def key(self) -> Key:
        return self.enrolment, self.kind

    def told(self) -> dict[str, Any]:
        """As fields of a flag or of its event."""
        return {
            "enrolment_id": self.enrolment,
            "kind": self.kind,
            "cause": self.cause,
            "unit_id": self.unit,
            "limit": self.limit,
            "value": self.value,
            "began_at": self.began_at,
            "since": self.since,
        }


@dataclass(frozen=True)
class Learner:
    """Of an enrolment, what the rules look at."""

    pk: int
    version: int
    due_on: dt.date | None
    created_at: dt.datetime
    last_at: dt.datetime | None


def judge(cohort: Cohort, rules: FollowRules, now: dt.datetime) -> dict[Key, Finding]:
    """What is true now; of two causes of one kind, the one that has been true longer."""
    rows = _going_on(cohort)
    fields = ("pk", "version", "due_on", "created_at", "last_at")
    learners = [Learner(*row) for row in rows.values_list(*fields)]
    found: dict[Key, Finding] = {}
    for finding in _findings(cohort, rules, learners, now):
        held = found.get(finding.key)
        if held is None or finding.since < held.since:
            found[finding.key] = finding
    return found


def _going_on(cohort: Cohort) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        cohort=cohort, superseded=False, state=EnrolmentState.ACTIVE, user__is_active=True
    )


def _findings(
    cohort: Cohort, rules: FollowRules, learners: list[Learner], now: dt.datetime
) -> Iterator[Finding]:
    if rules.late:
        yield from _late(cohort, rules, learners, now)
    if rules.inactive:
        yield from _inactive(rules, learners, now)
    if rules.stuck or rules.failing:
        yield from _held_up(cohort, rules, {row.pk: row for row in learners}, now)


def _late(
    cohort: Cohort, rules: FollowRules, learners: Iterable[Learner], now: dt.datetime
) -> Iterator[Finding]:
    """Late from the day after the due date, and the days of grace: of the path, or of one unit."""
    of_units = dated.of_each(_going_on(cohort))
    for row in learners:
        dates = [(row.due_on or cohort.due_on, None)]
        dates += [(each.due_on, each.unit) for each in of_units.get(row.pk, ())]
        for due, unit in dates:
            if due is None:
                continue
            since = midnight(due + dt.timedelta(days=1 + rules.late_days))
            if since <= now:
                told = (FlagKind.LATE, FlagCause.DUE, midnight(due), since, rules.late_days)
                yield Finding(row.pk, *told, unit=unit)


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins, on the clock of the site."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()), timezone.get_default_timezone())


def _inactive(
    rules: FollowRules, learners: Iterable[Learner], now: dt.datetime
) -> Iterator[Finding]:
    days = rules.inactive_days
    for row in learners:
        last = max(row.last_at or row.created_at, row.created_at)
        since = last + dt.timedelta(days=days)
        if since <= now:
            yield Finding(row.pk, FlagKind.INACTIVE, FlagCause.IDLE, last, since, days)


def _held_up(
    cohort: Cohort, rules: FollowRules, learners: dict[int, Learner], now: dt.datetime
) -> Iterator[Finding]:
    """Those stuck on a unit or failing at one."""
    of_theirs = UnitProgress.objects.filter(
        enrolment__cohort=cohort,
        enrolment__superseded=False,
        enrolment__state=EnrolmentState.ACTIVE,
        unit__archived_at=None,
    )
    before = now - dt.timedelta(days=rules.stuck_days)
    on_it = of_theirs.filter(
        completed_at=None, started_at__lte=before, unit=F("enrolment__last_unit")
    )
    halted = list(on_it.values_list("enrolment", "unit", "started_at")) if rules.stuck else []
    fields = ("enrolment", "unit", "score", "completed_at", "last_at")
    not_passed = list(of_theirs.filter(success=False).values_list(*fields))
    ids = sorted({row[0] for row in (*halted, *not_passed)} & learners.keys())
    anew = attempts.lowered(ids)
    if rules.stuck:
        yield from _too_long(rules, halted, learners, anew, now)
    tries = attempts.of(sorted({row[0] for row in not_passed} & learners.keys()), anew)
    marks = _pass_marks(cohort, {row.version for row in learners.values()}) if not_passed else {}
    for enrolment, unit, score, completed_at, last_at in not_passed:
        if enrolment not in learners:
            continue
        tried = tries.get((enrolment, unit)) or Tries(enrolment, unit, ())
        if rules.stuck and completed_at is None:
            yield from _too_often(rules, tried)
        if rules.failing:
            mark = marks.get((learners[enrolment].version, unit), 0)
            yield from _failing(rules, tried, score, mark, completed_at or last_at)


def _too_long(
    rules: FollowRules,
    halted: Iterable[tuple[int, int, dt.datetime]],
    learners: dict[int, Learner],
    anew: dict[attempts.Key, dt.datetime],
    now: dt.datetime,
) -> Iterator[Finding]:
    days = rules.stuck_days
    for enrolment, unit, started_at in halted:
        began = max(started_at, anew.get((enrolment, unit), started_at))
        since = began + dt.timedelta(days=days)
        if enrolment in learners and since <= now:
            told = (FlagKind.STUCK, FlagCause.UNIT_DAYS, began, since, days)
            yield Finding(enrolment, *told, unit=unit)


def _too_often(rules: FollowRules, tried: Tries) -> Iterator[Finding]:
    most = rules.stuck_attempts
    if len(tried.failed_at) >= most:
        yield Finding(
            tried.enrolment,
            FlagKind.STUCK,
            FlagCause.ATTEMPTS,
            tried.failed_at[0],
            tried.failed_at[most - 1],
            most,
            len(tried.failed_at),
            tried.unit,
        )


def _failing(
    rules: FollowRules, tried: Tries, score: float | None, mark: int, at: dt.datetime
) -> Iterator[Finding]:
    """Below the pass mark, with no attempt left; or at once, if the rules say so."""
    if rules.failing_when == FailingWhen.NONE_LEFT and tried.left != 0:
        return
    at = tried.failed_at[-1] if tried.failed_at else at
    yield Finding(
        tried.enrolment,
        FlagKind.FAILING,
        FlagCause.SCORE,
        at,
        at,
        mark,
        None if score is None else round(score * 100),
        tried.unit,
    )


def _pass_marks(cohort: Cohort, versions: set[int]) -> dict[tuple[int, int], int]:
    """{(version, unit): pass mark in per cent} of the units that are done with a score."""
    units = {
        str(u): pk for u, pk in Unit.objects.filter(path=cohort.path_id).values_list("uuid", "pk")
    }
    marks = {}
    for pk, structure in PathVersion.objects.filter(pk__in=versions).values_list("pk", "structure"):
        for chapter in structure["chapters"]:
            for unit in chapter["units"]:
                if unit["rule"] == CompletionRule.SCORE and unit["uuid"] in units:
                    marks[pk, units[unit["uuid"]]] = unit["threshold"]
    return marks
