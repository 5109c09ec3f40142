"""The hours of webinars, in templates."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.templatetags.theme_tags import day

from ..webinars.calendars import PARIS

register = template.Library()


@register.filter
def webinar_when(webinar: Any) -> str:
    """ "1er décembre 2026, 14:00 – 15:00", on the clock of Paris; a webinar or its page."""
    start, end = (moment.astimezone(PARIS) for moment in (webinar.starts_at, webinar.ends_at))
    hours = f"{start:%H:%M}\N{NO-BREAK SPACE}\N{EN DASH} {end:%H:%M}"
    return _("%(day)s, %(hours)s") % {"day": day(start.date()), "hours": hours}
