"""When one may sign: from 45 minutes before a half-day starts to 30 minutes after it ends.

Counted in elapsed time, so that a change of clock on the night before moves nothing.
"""

import datetime as dt

from django.utils import timezone

from ..models import HalfDay

BEFORE = dt.timedelta(minutes=45)
AFTER = dt.timedelta(minutes=30)
# A code scanned in time may still be confirmed this long (learning.attendance.claims).
CLAIM_LASTS = dt.timedelta(minutes=10)


def opens_at(half_day: HalfDay) -> dt.datetime:
    """From when anybody, trainers too, may record presence."""
    return half_day.starts_at.astimezone(dt.UTC) - BEFORE


def ends_at(half_day: HalfDay) -> dt.datetime:
    """Until when one may sign oneself; trainers may until the session is closed."""
    return half_day.ends_at.astimezone(dt.UTC) + AFTER


def is_open(half_day: HalfDay, now: dt.datetime | None = None) -> bool:
    """Whether one may sign oneself now."""
    return opens_at(half_day) <= (now or timezone.now()) <= ends_at(half_day)
