"""Where the site stands as to accessibility, by the rule: article 47 of the law of 11 February 2005, RGAA.

Totally compliant when every applicable criterion is met, partially when at least half are, not
compliant otherwise, and whenever no audit is in force. An audit ends after three years, when the
site is made anew, and eighteen months after a new version of the RGAA.
"""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CRITERIA = Path(__file__).resolve().parent.parent / "data" / "rgaa" / "criteria-4.1.2.csv"
YEARS = 3
MONTHS_AFTER_NEW_VERSION = 18
PATH = "/accessibilite/"


class State(TextChoices):
    TOTAL = "total", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


@dataclass(frozen=True)
class Criterion:
    number: str
    topic: str
    title: str

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@cache
def criteria() -> dict[str, Criterion]:
    """The criteria of the RGAA by number, in its order."""
    with CRITERIA.open(encoding="utf-8", newline="") as handle:
        rows = [Criterion(*row) for row in csv.reader(handle)][1:]
    return {row.number: row for row in rows}


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    return dt.date(year, month + 1, day.day)


def in_force_until(
    audited_on: dt.date,
    version: str,
    *,
    current_version: str,
    version_date: dt.date | None,
    redesigned_on: dt.date | None,
) -> dt.date | None:
    """The last day on which an audit counts; None when it never does any more."""
    if redesigned_on and audited_on < redesigned_on:
        return None
    until = add_months(audited_on, 12 * YEARS)
    if version != current_version and version_date:
        until = min(until, add_months(version_date, MONTHS_AFTER_NEW_VERSION))
    return until


def state_of(met: int, applicable: int) -> str:
    """By whole numbers: 49.9 % is not half, and 99.9 % is not all."""
    if applicable <= 0 or met * 2 < applicable:
        return State.NONE
    return State.TOTAL if met >= applicable else State.PARTIAL


def rate(met: int, applicable: int) -> str:
    """Per cent with two decimals, cut rather than rounded: never better than it is."""
    if applicable <= 0:
        return ""
    whole, rest = divmod(met * 10_000 // applicable, 100)
    return f"{whole}" if not rest else f"{whole},{rest:02}".rstrip("0")


def mention(config: Any, today: dt.date | None = None) -> dict[str, str]:
    """What every page must say and lead to. `config`: the site settings with the kept state."""
    state, until = State.NONE, getattr(config, "accessibility_until", None)
    if until and until >= (today or timezone.localdate()):
        state = State(config.accessibility_state)
    return {"label": label(state), "url": PATH, "state": str(state)}


def label(state: str) -> str:
    return {
        State.TOTAL: gettext("Accessibility: fully compliant"),
        State.PARTIAL: gettext("Accessibility: partially compliant"),
        State.NONE: gettext("Accessibility: not compliant"),
    }[State(state)]
