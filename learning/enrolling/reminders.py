"""Reminders of paths, by the rules of a plan: one for all, and those of cohorts that have their own.

A reminder leaves once for each rule and each date that it is about: a due date that moves, an
activity that resumes, makes a new one possible. When the clock was stopped the nearest one leaves
late, alone. Who is through, or left, is reminded of nothing. The date of a single unit is one more date,
before and after which the same rules hold. Who was reminded of a date this week is not reminded of their
silence too.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.notify import notify

from ..models import Enrolment, ReminderKind, ReminderPlan, ReminderSent
from ..paths import dated
from ..paths.kinds import EnrolmentState
from . import telling

# A reminder that is due since longer than this leaves no more: the clock was stopped, or a plan is new.
LATE = dt.timedelta(days=6)
BATCH = 500
CODES = {
    ReminderKind.BEFORE: "learning.path-before",
    ReminderKind.AFTER: "learning.path-after",
    ReminderKind.INACTIVE: "learning.path-inactive",
    ReminderKind.EXPIRY: "learning.path-expiry",
}


@dataclass(frozen=True)
class Rule:
    """One reminder of a plan. days: before or after the date, by its kind."""

    kind: str
    days: int

    def falls_due(self, about: dt.date) -> dt.date:
        before = self.kind in (ReminderKind.BEFORE, ReminderKind.EXPIRY)
        return about + dt.timedelta(days=-self.days if before else self.days)


@dataclass(frozen=True)
class Due:
    """What a reminder is about: somebody, a date, and the units (identity, title) whose own date it is."""

    row: Any
    about: dt.date
    units: tuple[tuple[str, str], ...] = ()


def general_plan() -> ReminderPlan:
    """The plan for all; that of the code while nobody changed it."""
    return ReminderPlan.objects.filter(cohort=None).first() or ReminderPlan()


def rules_of(plan: ReminderPlan) -> list[Rule]:
    """The reminders of a plan."""
    before = {plan.first_before, plan.second_before} - {0}
    rules = [Rule(ReminderKind.BEFORE, days) for days in sorted(before)]
    if plan.on_the_day:
        rules.insert(0, Rule(ReminderKind.BEFORE, 0))
    for kind, days in (
        (ReminderKind.AFTER, plan.after),
        (ReminderKind.INACTIVE, plan.inactive),
        (ReminderKind.EXPIRY, plan.expiry),
    ):
        if days:
            rules.append(Rule(kind, days))
    return rules


def send_reminders(now: dt.datetime | None = None) -> int:
    """For the clock: send what is due today. Returns how many reminders left."""
    now = now or timezone.now()
    own = list(ReminderPlan.objects.exclude(cohort=None))
    of_all = Q(cohort=None) | ~Q(cohort__in=[plan.cohort_id for plan in own])
    plans = [(general_plan(), of_all), *((plan, Q(cohort=plan.cohort_id)) for plan in own)]
    # The dates of single units are looked for once, whatever the number of plans and rules.
    dates = dated.of_everybody()
    return sum(_send(rule, whose, now, dates) for plan, whose in plans for rule in rules_of(plan))


def due_now(rule: Rule, today: dt.date) -> QuerySet[Enrolment]:
    """Enrolments for which this reminder is due, each with `about`, and was not sent yet."""
    rows = Enrolment.objects.filter(superseded=False, user__is_active=True)
    if rule.kind == ReminderKind.EXPIRY:
        rows = rows.filter(state=EnrolmentState.COMPLETED).annotate(about=F("expires_on"))
    elif rule.kind == ReminderKind.INACTIVE:
        rows = rows.filter(state=EnrolmentState.ACTIVE)
        rows = rows.annotate(moment=Coalesce("last_at", "created_at"))
        rows = rows.annotate(about=F("moment__date"))
    else:
        rows = rows.filter(state=EnrolmentState.ACTIVE).annotate(about=F("due_on"))
    first, last = _bounds(rule, today)
    return rows.filter(about__range=(first, last))


def _bounds(rule: Rule, today: dt.date) -> tuple[dt.date, dt.date]:
    """The dates about which this reminder falls due today, or since not too long."""
    days = dt.timedelta(days=rule.days)
    if rule.kind in (ReminderKind.BEFORE, ReminderKind.EXPIRY):
        return max(today, today + days - LATE), today + days
    return today - days - LATE, today - days


def _send(rule: Rule, whose: Q, now: dt.datetime, dates: dated.Dates) -> int:
    today = timezone.localdate(now)
    found = [*_of_paths(rule, whose, today), *_of_units(rule, whose, today, dates)]
    # Enrolled since it fell due: they have just been told the date.
    found = [
        each
        for each in found
        if timezone.localdate(each.row.created_at) < rule.falls_due(each.about)
    ]
    return sum(
        _send_batch(rule, found[start : start + BATCH], now)
        for start in range(0, len(found), BATCH)
    )


def _read(rows: QuerySet[Enrolment]) -> list[Any]:
    return list(rows.select_related("user", "path__version").defer("path__version__structure"))


def _of_paths(rule: Rule, whose: Q, today: dt.date) -> list[Due]:
    return [Due(row, row.about) for row in _read(due_now(rule, today).filter(whose))]


def _of_units(rule: Rule, whose: Q, today: dt.date, dates: dated.Dates) -> list[Due]:
    """The dates of single units, but where the path itself is to be completed that day."""
    if rule.kind not in (ReminderKind.BEFORE, ReminderKind.AFTER):
        return []
    first, last = _bounds(rule, today)
    rows = _read(Enrolment.objects.filter(dates.due(first, last), whose, user__is_active=True))
    dues, found = dates.of(rows), []
    for row in rows:
        units = defaultdict(list)
        for each in dues.get(row.pk, ()):
            if first <= each.due_on <= last and each.due_on != row.due_on:
                units[each.due_on].append((each.uuid, each.title))
        found += [Due(row, about, tuple(named)) for about, named in units.items()]
    return found


@transaction.atomic
def _send_batch(rule: Rule, found: list[Due], now: dt.datetime) -> int:
    told = set(
        ReminderSent.objects.filter(
            enrolment__in=[each.row for each in found], kind=rule.kind
        ).values_list("enrolment_id", "days", "about")
    )
    nearer = {(pk, about) for pk, days, about in told if days <= rule.days}
    if rule.kind in (ReminderKind.AFTER, ReminderKind.INACTIVE):
        nearer = {(pk, about) for pk, days, about in told if days == rule.days}
    found = [each for each in found if (each.row.pk, each.about) not in nearer]
    if rule.kind == ReminderKind.INACTIVE:
        just_told = _just_told(found, now)
        found = [each for each in found if each.row.pk not in just_told]
    ReminderSent.objects.bulk_create(
        (
            ReminderSent(
                enrolment=each.row, kind=rule.kind, days=rule.days, about=each.about, at=now
            )
            for each in found
        ),
        ignore_conflicts=True,
    )
    groups = defaultdict(list)
    for each in found:
        row = each.row
        left = max(row.due - row.done, 1)
        groups[row.path_id, each.about, each.units, left, row.round].append(each)
    for group in groups.values():
        _tell(rule, group, timezone.localdate(now))
    return len(found)


def _just_told(found: list[Due], now: dt.datetime) -> set[int]:
    """Enrolments reminded of a date, these last days: as long as the reminder of their silence is due."""
    dates = ReminderSent.objects.filter(
        enrolment__in=[each.row for each in found],
        kind__in=(ReminderKind.BEFORE, ReminderKind.AFTER),
        at__gt=now - LATE - dt.timedelta(days=1),
    )
    return set(dates.values_list("enrolment_id", flat=True))


def _tell(rule: Rule, found: list[Due], today: dt.date) -> None:
    """Those of one path, one date and as many units left are told in one call."""
    about, row, units = found[0].about, found[0].row, found[0].units
    context = telling.context_of(
        row.path,
        about=about,
        due_on=row.due_on,
        days=max((about - today).days, 0),
        left=max(row.due - row.done, 1),
        units=[title for _uuid, title in units],
    )
    if len(units) == 1:
        context["url"] = reverse("learning:unit", args=[row.path.uuid, units[0][0]])
    key = f"path-reminder:{row.path.uuid}:{row.round}:{rule.kind}:{rule.days}:{about}"
    notify(CODES[ReminderKind(rule.kind)], [each.row.user for each in found], context, key=key)
