"""Dates and places of sessions, in words."""

import datetime as dt
import itertools
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.templatetags.theme_tags import day, day_range

from ..models import Session, SessionDate

register = template.Library()


@register.filter
def session_days(session: Session) -> str:
    """ "1er décembre 2026", "1er – 2 décembre 2026", or each date when they do not follow."""
    days = [date.local_start.date() for date in session.current_dates]
    if not days:
        return _("date to come")
    if len(days) == 1:
        return day(days[0])
    follow = all((after - before).days == 1 for before, after in itertools.pairwise(days))
    if follow:
        return day_range(days[0], days[-1])
    return ", ".join(day(each) for each in days)


@register.filter
def first_day(session: Session) -> dt.date | None:
    """Its first day on the clock of the place, without reading its dates."""
    start = session.first_starts_at
    return start.astimezone(session.zone).date() if start else None


@register.filter
def hours(date: SessionDate) -> str:
    """ "09:00 – 17:00" on the clock of the place."""
    return f"{date.local_start:%H:%M} – {date.local_end:%H:%M}"


@register.simple_tag
def left_of(session: Any) -> str:
    """How many places are left, of a session read `with_places`."""
    left = max(session.capacity - session.held, 0)
    return ngettext("%(n)d place left", "%(n)d places left", left) % {"n": left}


@register.filter
def at(values: dict[Any, Any], key: Any) -> Any:
    """The value of a dictionary for a key that only the template knows."""
    return values.get(key)


@register.filter
def stage_label(session: Any) -> str:
    """What a session asks of whoever runs it, in words; of one read by `running.queries.staged`."""
    from ..running.kinds import Stage

    return str(Stage(session.stage).label)


@register.filter
def deadline_day(session: Session) -> dt.date | None:
    """The last day on which one may register, on the clock of the place."""
    return session.deadline.astimezone(session.zone).date() if session.deadline else None
