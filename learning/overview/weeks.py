"""Learning time week by week: the union of one's active spans over all units, tabs and paths."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.charts import Chart, Column, columns

from ..models import ActiveSpan
from ..paths.spans import Span, clip, length, merge
from .words import duration

WEEKS = 8


@dataclass(frozen=True)
class Week:
    """seconds: of learning from its Monday on."""

    monday: dt.date
    seconds: int


def weeks(user: Any, now: dt.datetime | None = None, number: int = WEEKS) -> list[Week]:
    """The last weeks, this one included: one query."""
    today = timezone.localtime(now).date()
    first = today - dt.timedelta(days=today.weekday(), weeks=number - 1)
    mondays = [first + dt.timedelta(weeks=n) for n in range(number)]
    rows = ActiveSpan.objects.filter(enrolment__user=user, ends_at__gte=_midnight(first))
    # In seconds: moments of two zones take ten times longer to compare.
    spans = merge(
        (start.timestamp(), end.timestamp())
        for start, end in rows.order_by().values_list("starts_at", "ends_at")
    )
    return [Week(monday, _within(spans, monday)) for monday in mondays]


def _within(spans: list[Span], monday: dt.date) -> int:
    bounds = (_midnight(monday), _midnight(monday + dt.timedelta(weeks=1)))
    return round(length(clip(spans, *(bound.timestamp() for bound in bounds))))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def chart(found: list[Week]) -> Chart:
    """Eight columns, in minutes, with their table."""
    return columns(
        "temps-par-semaine",
        _("Online, week by week"),
        [
            Column(
                label=_("Week of %(day)s") % {"day": date_format(week.monday, "j F")},
                short=date_format(week.monday, "j/m"),
                value=week.seconds / 60,
                text=duration(week.seconds),
            )
            for week in found
        ],
        heading=_("Week"),
        measure=_("Learning time"),
    )
