"""Half-days and how presence was established, in words."""

import datetime as dt

from django import template

from ..attendance import words
from ..attendance.sheet import Line, Part
from ..models import HalfDay

register = template.Library()
register.filter("half_day_name", words.name_of)
register.filter("half_day_hours", words.hours)


@register.filter
def hour_of(moment: dt.datetime, half_day: HalfDay) -> str:
    """ "08:15", by the clock of the place."""
    return words.hour(half_day, moment)


@register.filter
def day_and_hour(moment: dt.datetime, half_day: HalfDay) -> str:
    """ "1er mars 2016, 08:15", by the clock of the place."""
    return words.moment(half_day, moment)


@register.simple_tag
def how(line: Line, part: Part) -> str:
    """How and when the presence or absence of a line was established; nothing when it is not."""
    return words.how(line.attendance, part.half_day) if line.attendance else ""
