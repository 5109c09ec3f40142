"""What is said of somebody and the rule that says so, in words."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.templatetags.theme_tags import day

from ..models import FollowRules
from .kinds import FailingWhen, FlagCause, FlagKind


def _day(moment: dt.datetime) -> str:
    """By the clock of the site, as the rules count: overseas a due date shows as nothing else."""
    return day(timezone.localtime(moment, timezone.get_default_timezone()).date())


def since(told: Any) -> str:
    """ "Stuck since 3 November 2026"."""
    date = _day(told.since)
    return {
        FlagKind.FAILING: _("Failing since %(date)s"),
        FlagKind.STUCK: _("Stuck since %(date)s"),
        FlagKind.LATE: _("Late since %(date)s"),
        FlagKind.INACTIVE: _("Inactive since %(date)s"),
    }[FlagKind(told.kind)] % {"date": date}


def why(told: Any, titles: Mapping[str, str]) -> str:
    """The fact, then the rule as it stood, of a flag or of its event read with its unit."""
    unit = titles.get(str(told.unit.uuid), _("a unit withdrawn since")) if told.unit else ""
    said = {"unit": unit, "date": _day(told.began_at), "n": told.value or 0, "limit": told.limit}
    if told.cause == FlagCause.DUE:
        return _due(told, said)
    if told.cause == FlagCause.UNIT_DAYS:
        return (
            ngettext(
                "On “%(unit)s” since %(date)s; rule: stuck after %(limit)d day on one unit.",
                "On “%(unit)s” since %(date)s; rule: stuck after %(limit)d days on one unit.",
                told.limit,
            )
            % said
        )
    if told.cause == FlagCause.ATTEMPTS:
        return (
            ngettext(
                "%(n)d failed attempt at “%(unit)s”",
                "%(n)d failed attempts at “%(unit)s”",
                told.value or 0,
            )
            % said
            + "; "
            + _attempts_rule(told.limit)
        )
    if told.cause == FlagCause.IDLE:
        return (
            ngettext(
                "No activity since %(date)s; rule: inactive after %(limit)d day.",
                "No activity since %(date)s; rule: inactive after %(limit)d days.",
                told.limit,
            )
            % said
        )
    return _score(told, said)


def _due(told: Any, said: dict[str, Any]) -> str:
    """By when, of the path or of one unit, then the rule."""
    if not told.limit:
        if told.unit:
            return (
                _("“%(unit)s” to be done by %(date)s; rule: late once its date has passed.") % said
            )
        return _("To complete by %(date)s; rule: late once the due date has passed.") % said
    if told.unit:
        sentence = ngettext(
            "“%(unit)s” to be done by %(date)s; rule: late after %(limit)d day of grace.",
            "“%(unit)s” to be done by %(date)s; rule: late after %(limit)d days of grace.",
            told.limit,
        )
    else:
        sentence = ngettext(
            "To complete by %(date)s; rule: late after %(limit)d day of grace.",
            "To complete by %(date)s; rule: late after %(limit)d days of grace.",
            told.limit,
        )
    return sentence % said


def _attempts_rule(limit: int) -> str:
    return ngettext(
        "rule: stuck from %(n)d failed attempt.", "rule: stuck from %(n)d failed attempts.", limit
    ) % {"n": limit}


def _score(told: Any, said: dict[str, Any]) -> str:
    if told.value is None:
        return _("Not passed: “%(unit)s”; rule: failing below the pass mark.") % said
    if not told.limit:
        return _("%(n)d %% at “%(unit)s”, not passed; rule: failing below the pass mark.") % said
    return _("%(n)d %% at “%(unit)s”; rule: failing below %(limit)d %%.") % said


def rules_in_words(rules: FollowRules) -> list[tuple[str, str]]:
    """[(kind, sentence)] of the rules in force, each in a sentence."""
    said = []
    if rules.failing:
        when = FailingWhen(rules.failing_when)
        first = _("score below the pass mark, %(when)s") % {"when": when.label}
        said.append((FlagKind.FAILING.value, first))
    if rules.stuck:
        days = ngettext("%(n)d day on one unit", "%(n)d days on one unit", rules.stuck_days)
        tries = ngettext("%(n)d failed attempt", "%(n)d failed attempts", rules.stuck_attempts)
        both = _("%(days)s, or %(attempts)s") % {
            "days": days % {"n": rules.stuck_days},
            "attempts": tries % {"n": rules.stuck_attempts},
        }
        said.append((FlagKind.STUCK.value, both))
    if rules.late:
        grace = ngettext(
            "due date of the path, or of one unit, passed by more than %(n)d day",
            "due date of the path, or of one unit, passed by more than %(n)d days",
            rules.late_days,
        )
        late = (
            grace % {"n": rules.late_days}
            if rules.late_days
            else _("due date of the path, or of one unit, passed")
        )
        said.append((FlagKind.LATE.value, late))
    if rules.inactive:
        idle = ngettext(
            "%(n)d day without any activity", "%(n)d days without any activity", rules.inactive_days
        )
        said.append((FlagKind.INACTIVE.value, idle % {"n": rules.inactive_days}))
    return said


def many(kind: FlagKind, number: int) -> str:
    """ "2 stuck", of people."""
    said = {
        FlagKind.FAILING: ngettext("%(n)d is failing", "%(n)d are failing", number),
        FlagKind.STUCK: ngettext("%(n)d is stuck", "%(n)d are stuck", number),
        FlagKind.LATE: ngettext("%(n)d is late", "%(n)d are late", number),
        FlagKind.INACTIVE: ngettext("%(n)d is inactive", "%(n)d are inactive", number),
    }
    return said[kind] % {"n": number}
