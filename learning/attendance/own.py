"""One's own attendance, as the page of a registration shows it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..kinds import RegistrationState, SessionState
from ..models import Attendance, HalfDay, Registration
from . import links, windows
from .queries import half_days_of


@dataclass
class Own:
    """A half-day as it stands for somebody. link: theirs alone, when they take part remotely."""

    half_day: HalfDay
    attendance: Attendance | None
    is_open: bool
    opens_at: dt.datetime
    is_over: bool
    link: str = ""


def attendance_of(row: Registration, reader: Any, now: dt.datetime | None = None) -> list[Own]:
    """Each half-day of a confirmed registration, in two queries; nothing before it can be signed.

    Somebody who takes part remotely sees their links beforehand; nobody else ever sees them.
    """
    now = now or timezone.now()
    session = row.session
    if row.state != RegistrationState.CONFIRMED or session.state == SessionState.DRAFT:
        return []
    has_links = row.remote and row.user_id == reader.pk and session.state == SessionState.OPEN
    half_days = half_days_of(session)
    if not has_links and not any(windows.opens_at(h) <= now for h in half_days):
        return []
    held = {one.half_day_id: one for one in row.attendances.all()}
    return [
        Own(
            half_day,
            held.get(half_day.pk),
            session.state == SessionState.OPEN and windows.is_open(half_day, now),
            windows.opens_at(half_day),
            now > windows.ends_at(half_day),
            links.personal_path(row, half_day)
            if has_links and now <= windows.ends_at(half_day)
            else "",
        )
        for half_day in half_days
    ]
