"""What changes what trainers are told: the clock, the rules, setting aside."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Cohort, Enrolment, Flag, FlagEvent, FollowRules
from .judging import Finding, Key, judge
from .kinds import FlagAct, FlagCause

BATCH = 1000
# What tells one truth from another: a score that changes is the same flag, another unit is not.
COUNTED_FROM = (FlagCause.DUE, FlagCause.IDLE, FlagCause.UNIT_DAYS)


class CannotAct(ValidationError):
    """Nothing is changed; the message says why."""


def rules_of(cohort: Cohort) -> FollowRules:
    """Its rules; those by default until somebody changes them."""
    held = getattr(cohort, "follow_rules", None)
    return held if held is not None else FollowRules(cohort=cohort)


@transaction.atomic
def compute(cohort: Cohort, now: dt.datetime | None = None) -> FollowRules:
    """Apply the rules of a cohort: raise what became true, clear what is so no longer.

    Twice at the same moment changes nothing the second time; two clocks wait for each other.
    """
    now = now or timezone.now()
    rules = _locked(cohort)
    found = judge(cohort, rules, now)
    held = {
        (flag.enrolment_id, flag.kind): flag
        for flag in Flag.objects.filter(enrolment__cohort=cohort)
    }
    ended = [flag for key, flag in held.items() if not _same(flag, found.get(key))]
    raised = [f for key, f in found.items() if not _same(held.get(key), f)]
    _update_values(held, found)
    _clear(ended, now)
    _raise(raised, now)
    rules.computed_at = now
    rules.save(update_fields=["computed_at"])
    return rules


def _locked(cohort: Cohort) -> FollowRules:
    FollowRules.objects.get_or_create(cohort=cohort)
    return FollowRules.objects.select_for_update().get(cohort=cohort)


def _same(flag: Flag | None, finding: Finding | None) -> bool:
    if flag is None or finding is None:
        return False
    if (flag.cause, flag.unit_id, flag.limit) != (finding.cause, finding.unit, finding.limit):
        return False
    return flag.cause not in COUNTED_FROM or flag.began_at == finding.began_at


def _update_values(held: dict[Key, Flag], found: dict[Key, Finding]) -> None:
    changed = []
    for key, flag in held.items():
        finding = found.get(key)
        if finding and _same(flag, finding) and flag.value != finding.value:
            flag.value = finding.value
            changed.append(flag)
    Flag.objects.bulk_update(changed, ["value"], batch_size=BATCH)


def _clear(flags: list[Flag], now: dt.datetime) -> None:
    events = [FlagEvent(act=FlagAct.CLEARED, at=now, **_told(flag)) for flag in flags]
    FlagEvent.objects.bulk_create(events, batch_size=BATCH)
    for start in range(0, len(flags), BATCH):
        Flag.objects.filter(pk__in=[flag.pk for flag in flags[start : start + BATCH]]).delete()


def _told(flag: Flag) -> dict[str, Any]:
    """What a flag says, for its event."""
    names = ("enrolment_id", "kind", "cause", "unit_id", "limit", "value", "began_at", "since")
    return {name: getattr(flag, name) for name in names}


def _raise(findings: list[Finding], now: dt.datetime) -> None:
    aside = _set_aside(findings, now)
    flags = [Flag(raised_at=now, muted_until=aside.get(f.key), **f.told()) for f in findings]
    events = [FlagEvent(act=FlagAct.RAISED, at=now, **f.told()) for f in findings]
    Flag.objects.bulk_create(flags, batch_size=BATCH)
    FlagEvent.objects.bulk_create(events, batch_size=BATCH)


def _set_aside(findings: Iterable[Finding], now: dt.datetime) -> dict[Key, dt.datetime]:
    """Until when a trainer does not want to be told so of somebody, though it came back."""
    ids = sorted({finding.enrolment for finding in findings})
    if not ids:
        return {}
    rows = FlagEvent.objects.filter(
        enrolment__in=ids, act__in=[FlagAct.MUTED, FlagAct.UNMUTED]
    ).order_by("at", "pk")
    last = {(e, kind): until for e, kind, until in rows.values_list("enrolment", "kind", "until")}
    return {key: until for key, until in last.items() if until and until > now}


def compute_all(now: dt.datetime | None = None) -> int:
    """Apply the rules of every cohort that goes on, each in its own transaction. Returns how many."""
    now = now or timezone.now()
    cohorts = list(Cohort.objects.filter(archived_at=None).order_by("pk"))
    for cohort in cohorts:
        compute(cohort, now)
    _clear_strays(now)
    return len(cohorts)


@transaction.atomic
def _clear_strays(now: dt.datetime) -> None:
    """Whoever left a cohort is told of by nobody."""
    _clear(list(Flag.objects.filter(enrolment__cohort=None)), now)


@transaction.atomic
def set_rules(cohort: Cohort, values: dict[str, Any], *, by: Any) -> FollowRules:
    """Change the rules of a cohort, and apply them at once."""
    rules = _locked(cohort)
    for name, value in values.items():
        setattr(rules, name, value)
    rules.updated_at, rules.updated_by = timezone.now(), by
    rules.save()
    log(instance=cohort, action="learning.follow_rules", user=by, data=dict(values))
    return compute(cohort)


@transaction.atomic
def mute(flag: Flag, *, days: int, reason: str, by: Any, now: dt.datetime | None = None) -> Flag:
    """Set aside what is said of somebody for some days; the reason stays in the history."""
    now = now or timezone.now()
    row = Flag.objects.select_for_update().filter(pk=flag.pk).first()
    if row is None:
        raise CannotAct(_("This is no longer true of this person."))
    row.muted_until = now + dt.timedelta(days=days)
    row.save(update_fields=["muted_until"])
    FlagEvent.objects.create(
        act=FlagAct.MUTED, at=now, by=by, reason=reason, until=row.muted_until, **_told(row)
    )
    return row


@transaction.atomic
def unmute(flag: Flag, *, by: Any) -> None:
    """Show again what was set aside."""
    row = Flag.objects.select_for_update().filter(pk=flag.pk).first()
    if row is None or row.muted_until is None:
        return
    row.muted_until = None
    row.save(update_fields=["muted_until"])
    FlagEvent.objects.create(act=FlagAct.UNMUTED, by=by, **_told(row))


def judge_again(enrolment: Enrolment) -> None:
    """After a trainer's act, say at once what it changed."""
    if enrolment.cohort is not None:
        compute(enrolment.cohort)
