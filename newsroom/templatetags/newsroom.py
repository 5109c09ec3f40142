"""How events and videos say their times."""

import datetime as dt
from typing import TYPE_CHECKING

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day, day_range

if TYPE_CHECKING:
    from ..models import EventPage

register = template.Library()


@register.filter
def hour(time: dt.time | None) -> str:
    """ "9 h 30" in French, as Django writes it in other languages."""
    if time is None:
        return ""
    if time.minute == 0:
        return _("%(hour)d:00") % {"hour": time.hour}
    return _("%(hour)d:%(minute)02d") % {"hour": time.hour, "minute": time.minute}


@register.filter
def when(event: "EventPage") -> str:
    """ "23 – 25 novembre 2016", "mercredi 23 novembre 2016, de 9 h 30 à 17 h"."""
    if event.date_is_open:
        return _("New date to come")
    times = event.times
    if times.several_days:
        text = day_range(times.starts_on, times.last)
    else:
        text = f"{date_format(times.starts_on, 'l')} {day(times.starts_on)}"
    if times.whole_days:
        return text
    if times.ends_time is None:
        return _("%(day)s, at %(hour)s") % {"day": text, "hour": hour(times.starts_time)}
    return _("%(day)s, from %(start)s to %(end)s") % {
        "day": text,
        "start": hour(times.starts_time),
        "end": hour(times.ends_time),
    }
