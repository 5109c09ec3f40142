"""Durations and hours as people say them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def half_days(number: int) -> str:
    """ "1 day", "a day and a half", "half a day"."""
    days, half = divmod(number, 2)
    if not half:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days == 0:
        return _("half a day")
    return ngettext("%(n)d day and a half", "%(n)d days and a half", days) % {"n": days}


def half_day_of(number: int, count: int) -> str:
    """How one calls the half-day of this rank (0 is the first) in a programme of so many."""
    if count == 1:
        return _("The half-day")
    part = _("afternoon") if number % 2 else _("morning")
    if count == 2:
        return part.capitalize()
    return _("Day %(day)d, %(part)s") % {"day": number // 2 + 1, "part": part}
