"""How long until a session, and what came of it, in words."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Registration, Session
from ..steering.rows import result_of
from ..words import half_days

register = template.Library()

register.filter("result_of", result_of)
register.filter("in_days", half_days)

TONES = {"attended": "good", "partly": "warm", "absent": "warm"}


@register.filter
def until(session: Session) -> str:
    """ "today", "tomorrow", "in 12 days", on the clock of the place."""
    start = session.first_starts_at
    if start is None:
        return ""
    if session.has_started():
        return _("now")
    here = timezone.now().astimezone(session.zone)
    number = (start.astimezone(session.zone).date() - here.date()).days
    if number == 0:
        return _("today")
    if number == 1:
        return _("tomorrow")
    return ngettext("in %(n)d day", "in %(n)d days", number) % {"n": number}


@register.filter
def left(moment: dt.datetime) -> str:
    """ "3 h left", "2 days left", until a time limit."""
    hours = max(int((moment - timezone.now()).total_seconds() // 3600), 0)
    if hours < 1:
        return _("less than an hour left")
    if hours < 48:
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    return ngettext("%(n)d day left", "%(n)d days left", hours // 24) % {"n": hours // 24}


@register.filter
def tone_of(row: Registration) -> str:
    return TONES.get(row.outcome, "quiet")


@register.filter
def options(field: Any) -> SafeString:
    """The choices of a bound field, the asked one selected: five hundred by a loop take 10 ms."""
    asked = str(field.value() or "")
    written = (
        f'<option value="{escape(value)}"{" selected" * (str(value) == asked)}>{escape(label)}</option>'
        for value, label in field.field.choices
    )
    return mark_safe("".join(written))
