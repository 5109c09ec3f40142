"""What the screens of attendance read."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils import timezone

from ..kinds import RegistrationState, SessionState
from ..models import Attendance, AttendanceEvent, Countersignature, HalfDay, Registration, Session
from . import windows


def half_days_of(session: Session, registration: Registration | None = None) -> list[HalfDay]:
    """The half-days of a session in order, without those of dates that were taken off.

    registration: with `is_settled`, whether that person has nothing to sign any more: present already, or
    the trainer countersigned.
    """
    rows = HalfDay.objects.filter(date__session=session, date__cancelled_at=None)
    if registration is not None:
        held = Attendance.objects.filter(half_day=OuterRef("pk"), present=True)
        signed = Countersignature.objects.standing().filter(half_day=OuterRef("pk"))
        rows = rows.annotate(
            is_settled=Exists(held.filter(registration=registration)) | Exists(signed)
        )
    found = list(rows.select_related("date"))
    for half_day in found:
        half_day.date.session = session
    return found


def signed_for(half_days: QuerySet[HalfDay]) -> QuerySet[HalfDay]:
    """Those of these half-days for which something was ever recorded: they no longer move."""
    recorded = AttendanceEvent.objects.filter(half_day=OuterRef("pk"))
    countersigned = Countersignature.objects.filter(half_day=OuterRef("pk"))
    held = Attendance.objects.filter(half_day=OuterRef("pk"))
    return half_days.filter(Exists(recorded) | Exists(held) | Exists(countersigned))


def open_now(now: dt.datetime) -> list[HalfDay]:
    """The half-days that may be signed now, of any session."""
    rows = HalfDay.objects.filter(
        starts_at__lte=now + windows.BEFORE,
        ends_at__gte=now - windows.AFTER,
        date__cancelled_at=None,
        date__session__state=SessionState.OPEN,
    )
    return list(rows.select_related("date__session__module", "date__session__commune__department"))


def at_the_door(half_days: list[HalfDay], now: dt.datetime) -> HalfDay | None:
    """The half-day that people come for now: the one that runs, else the one that is about to."""
    opened = [h for h in half_days if windows.is_open(h, now)]
    running = [h for h in opened if h.starts_at <= now < h.ends_at]
    coming = [h for h in opened if now < h.starts_at]
    return next(iter(running or coming or opened), None)


@dataclass
class ToSign:
    """A half-day that somebody may sign now and has not."""

    half_day: HalfDay
    registration: Registration


def to_sign(
    user: Any, now: dt.datetime | None = None, held: list[Registration] | None = None
) -> list[ToSign]:
    """What this person may sign now. held: their registrations with their sessions, when the caller
    has read them: without a query then when none is for now, which is nearly always."""
    now = now or timezone.now()
    if held is None:
        held = list(Registration.objects.filter(user=user).select_related("session"))
    rows = [row for row in held if _may_be_now(row, now)]
    prefetch_related_objects(rows, "session__module", "session__commune__department")
    return [
        ToSign(half_day, row)
        for row in rows
        for half_day in half_days_of(row.session, row)
        if windows.is_open(half_day, now) and not half_day.is_settled  # type: ignore[attr-defined]
    ]


def _may_be_now(row: Registration, now: dt.datetime) -> bool:
    session = row.session
    return (
        row.state == RegistrationState.CONFIRMED
        and session.state == SessionState.OPEN
        and session.first_starts_at is not None
        and session.last_ends_at is not None
        and session.first_starts_at <= now + windows.BEFORE
        and session.last_ends_at >= now - windows.AFTER
    )


def presence_of(row: Registration, half_day: HalfDay) -> Attendance | None:
    """The presence of somebody at a half-day, if it is established."""
    return Attendance.objects.filter(registration=row, half_day=half_day, present=True).first()


def signed_now(user: Any, now: dt.datetime) -> Attendance | None:
    """The presence of somebody at a half-day that is still open for signing, the latest first."""
    return (
        Attendance.objects.filter(
            registration__user=user,
            present=True,
            half_day__starts_at__lte=now + windows.BEFORE,
            half_day__ends_at__gte=now - windows.AFTER,
        )
        .select_related(
            "registration__user",
            "half_day__date__session__module",
            "half_day__date__session__commune__department",
        )
        .order_by("-at", "-pk")
        .first()
    )


def registered(session: Session) -> QuerySet[Registration]:
    """Those who are expected, by name."""
    return (
        Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
        .select_related("user", "maison")
        .order_by("user__last_name", "user__first_name", "pk")
    )


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
    rows = list(registered(session))
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
