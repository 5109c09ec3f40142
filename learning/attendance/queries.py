"""What the screens of attendance read."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ..kinds import RegistrationState
from ..models import Attendance, AttendanceEvent, Countersignature, HalfDay, Registration, Session


def half_days_of(session: Session) -> list[HalfDay]:
    """The half-days of a session in order, without those of dates that were taken off."""
    rows = HalfDay.objects.filter(date__session=session, date__cancelled_at=None)
    found = list(rows.select_related("date"))
    for half_day in found:
        half_day.date.session = session
    return found


def signed_for(half_days: QuerySet[HalfDay]) -> QuerySet[HalfDay]:
    """Those of these half-days for which something was ever recorded: they no longer move."""
    recorded = AttendanceEvent.objects.filter(half_day=OuterRef("pk"))
    countersigned = Countersignature.objects.filter(half_day=OuterRef("pk"))
    return half_days.filter(Exists(recorded) | Exists(countersigned))


@dataclass
class Missing:
    """What a half-day that has started still lacks."""

    half_day: HalfDay
    unknown: list[Registration]
    countersigned: bool


def missing(session: Session, now: dt.datetime | None = None) -> list[Missing]:
    """The half-days that have started and lack somebody's attendance or the countersignature."""
    now = now or timezone.now()
    half_days = [h for h in half_days_of(session) if h.starts_at <= now]
    rows = list(
        Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
        .select_related("user", "maison")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    known = set(
        Attendance.objects.filter(half_day__in=half_days).values_list("half_day", "registration")
    )
    signed = set(
        Countersignature.objects.standing()
        .filter(half_day__in=half_days)
        .values_list("half_day", flat=True)
    )
    found = [
        Missing(h, [row for row in rows if (h.pk, row.pk) not in known], h.pk in signed)
        for h in half_days
    ]
    return [lack for lack in found if lack.unknown or not lack.countersigned]
