"""For how long a completed path holds, as its page says on the day it is completed."""

import calendar
import datetime as dt

from django.conf import settings

from ..models import Enrolment, LearningPathPage


def valid_until(enrolment: Enrolment) -> dt.date | None:
    """The last day on which a completed path counts; None without end, or while it is not completed."""
    return enrolment.expires_on


def expiry(enrolment: Enrolment, completed_on: dt.date) -> dt.date | None:
    """The end of validity of an enrolment completed on this day. One query."""
    pages = LearningPathPage.objects.filter(
        translation_key=enrolment.path.uuid, locale__language_code=settings.LANGUAGE_CODE
    )
    months = pages.values_list("validity_months", flat=True).first()
    return add_months(completed_on, months) if months else None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
