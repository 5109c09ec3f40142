"""Half-days as people say them."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..models import Attendance, HalfDay


def name_of(half_day: HalfDay) -> str:
    """ "Tuesday 1 March 2016, morning", by the clock of the place."""
    start = half_day.starts_at.astimezone(half_day.date.session.zone)
    return _("%(weekday)s %(day)s, %(part)s") % {
        "weekday": date_format(start.date(), "l"),
        "day": day(start.date()),
        "part": str(half_day.get_part_display()).lower(),
    }


def hour(half_day: HalfDay, moment: dt.datetime) -> str:
    """ "08:15", by the clock of the place."""
    return f"{moment.astimezone(half_day.date.session.zone):%H:%M}"


def moment(half_day: HalfDay, when: dt.datetime) -> str:
    """ "1er mars 2016, 08:15", by the clock of the place."""
    local = when.astimezone(half_day.date.session.zone)
    return f"{day(local.date())}, {local:%H:%M}"


def hours(half_day: HalfDay) -> str:
    """ "09:00 – 13:00", by the clock of the place."""
    return f"{hour(half_day, half_day.starts_at)} – {hour(half_day, half_day.ends_at)}"


def how(attendance: Attendance, half_day: HalfDay) -> str:
    """How and when it was established: "Code at the door, 09:02", with the day when it is another."""
    local = attendance.at.astimezone(half_day.date.session.zone)
    start = half_day.starts_at.astimezone(half_day.date.session.zone)
    said = f"{attendance.get_way_display()}, {local:%H:%M}"
    return said if local.date() == start.date() else f"{said} ({day(local.date())})"
