"""Whose calendar must be told what, and what it was told already.

`due` compares what each person should have in their calendar with what it was told last, and
writes down what is sent for the difference. It is the same whatever happened: a registration, a
new hour, another room, a withdrawal. Call it under the session's lock.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone, translation

from cms.mail import CalendarPart

from ..kinds import RegistrationState, SessionState
from ..models import CalendarTold, Registration, Session, SessionDate
from .events import fingerprint, invitation, shown_to

REQUEST, CANCEL = CalendarTold.Method.REQUEST, CalendarTold.Method.CANCEL


@dataclass(frozen=True)
class Due:
    """One calendar part to send: one mail."""

    date: SessionDate
    told: CalendarTold
    part: CalendarPart


def due(
    session: Session, registrations: Iterable[Registration], now: dt.datetime | None = None
) -> dict[int, list[Due]]:
    """{registration: calendar parts to send}, and each written down as told.

    Nothing is told of dates that are past, nor twice the same thing, nor to closed accounts.
    """
    now = now or timezone.now()
    rows = [row for row in registrations if row.user.is_active]
    dates = [date for date in session.dates.all() if date.ends_at > now]
    for date in dates:
        date.session = session
    last = last_told(rows)
    found: dict[int, list[Due]] = {}
    for row in rows:
        for date in dates:
            told = _next(row, date, last.get((row.pk, date.pk)), now)
            if told is not None:
                found.setdefault(row.pk, []).append(_due(row, date, told, now))
    CalendarTold.objects.bulk_create(
        [each.told for group in found.values() for each in group], batch_size=500
    )
    return found


def last_told(rows: Iterable[Registration]) -> dict[tuple[int, int], CalendarTold]:
    """{(registration, date): what was told last}, in one query."""
    told = CalendarTold.objects.filter(registration__in=[row.pk for row in rows])
    return {(each.registration_id, each.date_id): each for each in told.order_by("sequence")}


def _next(
    row: Registration, date: SessionDate, last: CalendarTold | None, now: dt.datetime
) -> CalendarTold | None:
    """What to tell of a date, if anything. The sequence rises above all that was told before."""
    wanted = (
        row.state == RegistrationState.CONFIRMED
        and date.cancelled_at is None
        and row.session.state != SessionState.CANCELLED
    )
    held = last is not None and last.method == REQUEST
    mark = fingerprint(date, shown_to(row))
    if wanted and held and last is not None and last.fingerprint == mark:
        return None
    if not wanted and not held:
        return None
    sequence = date.sequence if last is None else max(date.sequence, last.sequence + 1)
    return CalendarTold(
        registration=row,
        date=date,
        method=REQUEST if wanted else CANCEL,
        sequence=sequence,
        fingerprint=mark,
        at=now,
    )


def _due(row: Registration, date: SessionDate, told: CalendarTold, now: dt.datetime) -> Due:
    with translation.override(row.user.language):
        part = invitation(
            date,
            shown_to(row),
            row.user,
            method=told.method,
            sequence=told.sequence,
            now=now,
        )
    return Due(date, told, part)
