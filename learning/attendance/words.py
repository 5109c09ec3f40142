"""Half-days as people say them."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..models import HalfDay


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
