"""Attendance of the demonstration: past sessions, signed in every way, and one whose door is open.

All of it is fictitious, as the sessions are. What exists is left as it is.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry

from ..kinds import AttendanceWay, RegistrationState, SessionState
from ..models import AttendanceEvent, HalfDay, Registration, RegistrationEvent, Session
from ..services.sessions import Slot, set_dates
from .queries import half_days_of, registered
from .services import countersign, record

DOOR, LINK, TRAINER, IMPORTED = (
    AttendanceWay.DOOR,
    AttendanceWay.LINK,
    AttendanceWay.TRAINER,
    AttendanceWay.IMPORTED,
)
TRAINER_MAIL = "formation@example.org"
MINUTE = dt.timedelta(minutes=1)
# The commune of the session that runs on the day of loading, and who takes part in it besides.
TODAY = "35238"
SITTING, REMOTE = "agent@example.org", "responsable@example.org"


@transaction.atomic
def load() -> None:
    trainer = User.objects.filter(email=TRAINER_MAIL).first()
    if trainer is None or AttendanceEvent.objects.exists():
        return
    past = Session.objects.filter(
        is_fictitious=True, state=SessionState.OPEN, last_ends_at__lt=timezone.now()
    ).order_by("first_starts_at")
    for session, fill in zip(past, (_imported, _remote, _corrected, _unfinished), strict=False):
        _enrol(session, SITTING)
        fill(session, trainer)
    today = Session.objects.filter(
        is_fictitious=True, state=SessionState.OPEN, commune__code=TODAY
    ).first()
    if today is not None:
        _open_door(today, trainer)


def _enrol(session: Session, email: str, *, remote: bool = False) -> None:
    """Register a demonstration account, so that whoever tries it has something to see."""
    person = User.objects.filter(email=email).first()
    if person is None or session.registrations.filter(user=person).exists():
        return
    row = Registration.objects.create(
        session=session,
        user=person,
        remote=remote,
        state=RegistrationState.CONFIRMED,
        registered_by=person,
        queued_at=timezone.now(),
    )
    RegistrationEvent.objects.create(registration=row, after=row.state, by=person)


def _enter(half_day: HalfDay, row: Registration, way: str, by: Any, **more: Any) -> None:
    """An entry a few minutes after the start, each person a little later than the one before."""
    minutes = more.pop("minutes", 2 + row.pk % 7)
    more.setdefault("present", True)
    person = row.user if way in (DOOR, LINK) else by
    record(half_day, row, way=way, by=person, now=half_day.starts_at + minutes * MINUTE, **more)


def _sign(half_day: HalfDay, by: Any, minutes: int = 5) -> None:
    countersign(half_day, by, now=half_day.ends_at + minutes * MINUTE)


def _all_by_code(session: Session, trainer: Any, leave_out: tuple[int, int] | None = None) -> None:
    for rank, half_day in enumerate(half_days_of(session)):
        for place, row in enumerate(registered(session)):
            if (rank, place) != leave_out:
                _enter(half_day, row, LINK if row.remote else DOOR, trainer)


def _imported(session: Session, trainer: Any) -> None:
    """The oldest: one person taken over from a paper sheet, everything countersigned."""
    first, *others = registered(session)
    for half_day in half_days_of(session):
        _enter(half_day, first, IMPORTED, trainer)
        for row in others:
            _enter(half_day, row, DOOR, trainer)
        _sign(half_day, trainer)


def _remote(session: Session, trainer: Any) -> None:
    """One took part remotely, one missed the last half-day."""
    first, second, *_others = registered(session)
    Registration.objects.filter(pk=first.pk).update(remote=True)
    *before, last = half_days_of(session)
    for half_day in (*before, last):
        for row in registered(session):
            if (half_day, row) != (last, second):
                _enter(half_day, row, LINK if row.remote else DOOR, trainer)
    _enter(last, second, TRAINER, trainer, present=False)
    for half_day in (*before, last):
        _sign(half_day, trainer)


def _corrected(session: Session, trainer: Any) -> None:
    """A mistake was corrected after the countersignature, which was made again."""
    first, *others = registered(session)
    for half_day in half_days_of(session):
        _enter(half_day, first, TRAINER, trainer, present=half_day.part != HalfDay.Part.MORNING)
        for row in others:
            _enter(half_day, row, DOOR, trainer)
        _sign(half_day, trainer)
    half_day = half_days_of(session)[0]
    late = "Arrivée en retard à cause du train ; présente dès la première pause (fictif)"
    _enter(half_day, first, TRAINER, trainer, minutes=300, reason=late)
    _sign(half_day, trainer, minutes=120)


def _unfinished(session: Session, trainer: Any) -> None:
    """The latest: somebody is still to be told of, the last half-day is not countersigned."""
    *before, _last = half_days_of(session)
    _all_by_code(session, trainer, leave_out=(len(before), 1))
    for half_day in before:
        _sign(half_day, trainer)
    row = registered(session)[0]
    left = "Départ à 10 heures, signalé après la contresignature (fictif)"
    _enter(before[0], row, TRAINER, trainer, minutes=420, present=False, reason=left)


def _open_door(session: Session, trainer: Any) -> None:
    """Move a session to the hour of loading and the day after: its door is open for who tries it."""
    now = timezone.now()
    hour = now.astimezone(session.zone).replace(minute=0, second=0, microsecond=0)
    start = hour - dt.timedelta(hours=1)
    day = dt.timedelta(days=1)
    slots = [Slot(start + n * day, start + n * day + dt.timedelta(hours=7)) for n in range(2)]
    set_dates(session, slots, by=trainer)
    _enrol(session, SITTING)
    _enrol(session, REMOTE, remote=True)
    half_day = next(h for h in half_days_of(session) if h.starts_at <= now < h.ends_at)
    others = [row for row in registered(session) if row.user.email not in (SITTING, REMOTE)]
    for way, row in zip((DOOR, TRAINER), others, strict=False):
        _enter(half_day, row, way, trainer, minutes=-3)


class DemoLoader:
    # After the sessions, before what is made of attendance.
    order = 63

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.attendance", DemoLoader())
