"""Filters of the pages of consultations: `{% load consultations %}`."""

import datetime as dt

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language

from cms.templatetags.theme_tags import day

register = template.Library()


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A day and an hour as one says them: « 15 mars 2027 à 18 h », in the clock of the reader."""
    if not value:
        return ""
    local = timezone.localtime(value)
    if not (get_language() or "fr").startswith("fr"):
        return f"{day(local)}, {formats.date_format(local, 'g:i A')}"
    minutes = f"\N{NO-BREAK SPACE}{local:%M}" if local.minute else ""
    return f"{day(local)} à {local.hour}\N{NO-BREAK SPACE}h{minutes}"
