"""Hours as the clock of the place shows them."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def on_the_clock(day: dt.date, hour: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment at which the clock of a place shows this hour.

    Raises ValidationError for an hour that the change to summer time leaves out, or that the change
    to winter time shows twice.
    """
    first = dt.datetime.combine(day, hour, zone)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    back = first.astimezone(dt.UTC).astimezone(zone)
    if back.replace(tzinfo=None) != first.replace(tzinfo=None):
        raise ValidationError(
            _("On this day the clock goes forward: %(hour)s does not exist.")
            % {"hour": f"{hour:%H:%M}"}
        )
    raise ValidationError(
        _("On this day the clock goes back: %(hour)s comes twice. Choose another hour.")
        % {"hour": f"{hour:%H:%M}"}
    )
