"""What changes attendance. Each function is one transaction that holds the session's row.

What happened is `AttendanceEvent`, written once; what holds is `Attendance`, which follows from it
(`established`) and can be made anew (`rebuild`).
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..kinds import AttendanceWay, Outcome, RegistrationState, SessionState
from ..models import (
    Attendance,
    AttendanceEvent,
    Countersignature,
    HalfDay,
    Registration,
    Session,
)
from ..services.registrations import lock
from ..signals import attendance_corrected
from . import windows
from .queries import registered
from .words import hour, name_of

# Signed by the person: worth more than what a trainer ticked.
BY_ONESELF = (AttendanceWay.DOOR, AttendanceWay.LINK)


class CannotRecord(ValidationError):
    """Attendance cannot be recorded so; the message says why, to whoever tried."""


class CannotCountersign(ValidationError):
    """The half-day cannot be countersigned. `missing`: registrations of which nothing is known."""

    def __init__(self, message: str, missing: Iterable[Registration] = ()) -> None:
        super().__init__(message)
        self.missing = list(missing)


# -- Recording ------------------------------------------------------------------------------------


@transaction.atomic
def record(
    half_day: HalfDay,
    registration: Registration,
    *,
    present: bool | None,
    way: str,
    by: Any,
    at: dt.datetime | None = None,
    event_id: uuid.UUID | None = None,
    reason: str = "",
    now: dt.datetime | None = None,
) -> AttendanceEvent:
    """Write that somebody was there for a half-day, or was not; None takes back what was entered.

    The same `event_id` sent again, or a second signature by the same person, gives back the event
    that is there. `at` is when it was entered, by a clock that may run late but never ahead of
    `now`: where two entries disagree, the later one holds, whichever arrives first. A change undoes
    the countersignature; after closing it owes a reason and sends `attendance_corrected`. Raises
    CannotRecord.
    """
    now = now or timezone.now()
    session, half_day, registration = _locked(half_day, registration)
    if event_id is not None and (found := _sent_before(event_id, half_day, registration, by)):
        return found
    _refuse(session, half_day, registration, present, way, reason, now)
    standing = Attendance.objects.filter(half_day=half_day, registration=registration).first()
    if way in BY_ONESELF and (found := _signed_before(standing)):
        return found
    event = AttendanceEvent(
        uuid=event_id or uuid.uuid4(),
        half_day=half_day,
        registration=registration,
        before=standing.present if standing else None,
        present=present,
        way=way,
        reason=reason.strip()[:255],
        by=by,
        at=_when(half_day, way, at, now),
        received_at=now,
    )
    _write(event)
    after = _settle(half_day, registration)
    if event.before != (after.present if after else None):
        _changed(session, event, now)
    return event


def _locked(half_day: HalfDay, registration: Registration) -> tuple[Session, HalfDay, Registration]:
    """The session's lock first, always: everything of one session waits for it."""
    session = lock(registration.session_id)
    row = Registration.objects.select_related("user").get(pk=registration.pk)
    row.session = session
    half_day = HalfDay.objects.select_related("date").get(pk=half_day.pk)
    if half_day.date.session_id != session.pk:
        raise CannotRecord(_("This half-day belongs to another session."))
    half_day.date.session = session
    return session, half_day, row


def _sent_before(
    event_id: uuid.UUID, half_day: HalfDay, row: Registration, by: Any
) -> AttendanceEvent | None:
    found = AttendanceEvent.objects.filter(uuid=event_id).first()
    if found is None:
        return None
    same = (found.half_day_id, found.registration_id) == (half_day.pk, row.pk)
    if not same or found.by_id != getattr(by, "pk", None):
        raise CannotRecord(_("This was already used for somebody else."))
    return found


def _refuse(
    session: Session,
    half_day: HalfDay,
    row: Registration,
    present: bool | None,
    way: str,
    reason: str,
    now: dt.datetime,
) -> None:
    """Raise CannotRecord for what no entry may do, then for what this way of entering may not."""
    if session.state == SessionState.DRAFT:
        raise CannotRecord(_("This session is not announced yet: there is nothing to sign."))
    if session.state == SessionState.CANCELLED:
        raise CannotRecord(_("This session is cancelled: there is nothing to sign."))
    if half_day.date.cancelled_at is not None:
        raise CannotRecord(_("This date was taken off the session: there is nothing to sign."))
    if row.state != RegistrationState.CONFIRMED:
        raise CannotRecord(_("%(person)s is not registered.") % {"person": row.user})
    if way != AttendanceWay.IMPORTED and now < windows.opens_at(half_day):
        raise CannotRecord(
            _("It is too early: %(half_day)s can be signed from %(hour)s.")
            % {"half_day": name_of(half_day), "hour": hour(half_day, windows.opens_at(half_day))}
        )
    if way in BY_ONESELF:
        _refuse_oneself(session, half_day, present, way, now)
    elif session.state == SessionState.CLOSED:
        if present is None:
            raise CannotRecord(_("The session is closed: say either present or absent."))
        if not reason.strip():
            raise CannotRecord(_("The session is closed: a correction owes a reason."))


def _refuse_oneself(
    session: Session, half_day: HalfDay, present: bool | None, way: str, now: dt.datetime
) -> None:
    grace = windows.CLAIM_LASTS if way == AttendanceWay.DOOR else dt.timedelta()
    if session.state == SessionState.CLOSED:
        raise CannotRecord(_("The session is closed: ask the trainer for a correction."))
    if not present:
        raise CannotRecord(_("One signs one’s presence alone."))
    if now > windows.ends_at(half_day) + grace:
        raise CannotRecord(
            _("It is too late: %(half_day)s could be signed until %(hour)s. Ask the trainer.")
            % {"half_day": name_of(half_day), "hour": hour(half_day, windows.ends_at(half_day))}
        )
    if half_day.countersignatures.standing().exists():
        raise CannotRecord(_("The trainer has already countersigned this half-day: ask them."))


def _signed_before(standing: Attendance | None) -> AttendanceEvent | None:
    """The signature of the person, when it holds: a second one adds nothing."""
    if standing is None or not standing.present or standing.way not in BY_ONESELF:
        return None
    return (
        AttendanceEvent.objects.filter(
            half_day_id=standing.half_day_id,
            registration_id=standing.registration_id,
            present=True,
            way__in=BY_ONESELF,
        )
        .order_by("at", "pk")
        .last()
    )


def _when(half_day: HalfDay, way: str, at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When it was entered: not in the future, not before one could."""
    at = min(at or now, now)
    return at if way == AttendanceWay.IMPORTED else max(at, windows.opens_at(half_day))


def _write(event: AttendanceEvent) -> None:
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError as error:  # the identifier is in use in another session
        raise CannotRecord(_("This was already used for somebody else.")) from error


def _changed(session: Session, event: AttendanceEvent, now: dt.datetime) -> None:
    event.half_day.countersignatures.standing().update(undone_at=now, undone_by=event)
    tally_registration(event.registration)
    if session.state == SessionState.CLOSED:
        attendance_corrected.send(
            sender=Session,
            registration=event.registration,
            by=event.by,
            reason=event.reason,
            event=event,
        )


# -- What holds -----------------------------------------------------------------------------------


def established(events: Iterable[AttendanceEvent]) -> AttendanceEvent | None:
    """The event that says how things stand for one person and half-day; None when nothing is known.

    The latest entry decides. Among those before it that said the same without interruption, the
    person's own signature says how it was established, else the first of them.
    """
    ordered = sorted(events, key=lambda event: (event.at, event.pk))
    if not ordered or ordered[-1].present is None:
        return None
    said = ordered[-1].present
    run = list(itertools.takewhile(lambda event: event.present == said, reversed(ordered)))[::-1]
    return next((event for event in run if event.way in BY_ONESELF), run[0])


def _settle(half_day: HalfDay, registration: Registration) -> AttendanceEvent | None:
    """Make `Attendance` say what the events of this person and half-day say."""
    pair = {"half_day": half_day, "registration": registration}
    event = established(AttendanceEvent.objects.filter(**pair))
    if event is None:
        Attendance.objects.filter(**pair).delete()
    else:
        Attendance.objects.update_or_create(**pair, defaults=_said_by(event))
    return event


def _said_by(event: AttendanceEvent) -> dict[str, Any]:
    return {"present": event.present, "way": event.way, "by_id": event.by_id, "at": event.at}


@transaction.atomic
def rebuild(session: Session) -> int:
    """Make attendance and results anew from the events. Returns how many lines it had to mend."""
    session = lock(session.pk)
    of_session = {"half_day__date__session": session}
    events = AttendanceEvent.objects.filter(**of_session).order_by("half_day", "registration")
    wanted = {}
    for pair, group in itertools.groupby(events, key=lambda e: (e.half_day_id, e.registration_id)):
        if event := established(group):
            wanted[pair] = _said_by(event)
    mended = 0
    for row in Attendance.objects.filter(**of_session):
        says = wanted.pop((row.half_day_id, row.registration_id), None)
        if says is None:
            row.delete()
        elif any(getattr(row, name) != value for name, value in says.items()):
            for name, value in says.items():
                setattr(row, name, value)
            row.save()
        else:
            continue
        mended += 1
    for (half_day, registration), says in wanted.items():
        Attendance.objects.create(half_day_id=half_day, registration_id=registration, **says)
        mended += 1
    tally(session)
    return mended


# -- Results --------------------------------------------------------------------------------------

COUNTED = ("half_days_due", "half_days_present", "outcome")


def result(due: int, present: int, known: int, *, closed: bool) -> str:
    """Attended: every half-day due. Partly: some. Absent: none.

    Empty until something is known of each half-day due; once the session is closed, what is not
    known counts as not attended.
    """
    if not due or (known < due and not closed):
        return ""
    if present >= due:
        return Outcome.ATTENDED
    return Outcome.PARTLY if present else Outcome.ABSENT


@transaction.atomic
def tally(session: Session) -> None:
    """Count the attendance of everybody registered, and say what came of it."""
    session = lock(session.pk)
    _tally(session, Registration.objects.filter(session=session))


def tally_registration(registration: Registration) -> None:
    """Count the attendance of one registration. Call it under the session's lock."""
    _tally(registration.session, [registration])


def _tally(session: Session, rows: Iterable[Registration]) -> None:
    rows = list(rows)
    due = HalfDay.objects.filter(date__session=session, date__cancelled_at=None).count()
    counts = {
        found["registration"]: found
        for found in Attendance.objects.filter(
            registration__in=rows, half_day__date__cancelled_at=None
        )
        .values("registration")
        .annotate(known=Count("pk"), there=Count("pk", filter=Q(present=True)))
    }
    closed = session.state == SessionState.CLOSED
    changed = []
    for row in rows:
        counted = (0, 0, "")
        if row.state == RegistrationState.CONFIRMED:
            found = counts.get(row.pk, {"known": 0, "there": 0})
            said = result(due, found["there"], found["known"], closed=closed)
            counted = (due, found["there"], said)
        if counted != (row.half_days_due, row.half_days_present, row.outcome):
            row.half_days_due, row.half_days_present, row.outcome = counted
            changed.append(row)
    Registration.objects.bulk_update(changed, COUNTED)


# -- Countersigning -------------------------------------------------------------------------------


@transaction.atomic
def countersign(half_day: HalfDay, by: Any, *, now: dt.datetime | None = None) -> Countersignature:
    """The trainer signs a half-day of which everything is known. Twice is once.

    Raises CannotCountersign, with those of whom nothing is known.
    """
    now = now or timezone.now()
    session = lock(half_day.date.session_id)
    standing = half_day.countersignatures.standing().first()
    if standing is not None:
        return standing
    if session.state not in (SessionState.OPEN, SessionState.CLOSED):
        raise CannotCountersign(_("There is nothing to countersign in this session."))
    if now < half_day.starts_at:
        raise CannotCountersign(_("This half-day has not started."))
    if missing := list(registered(session).exclude(attendances__half_day=half_day)):
        names = ", ".join(str(row.user) for row in missing)
        raise CannotCountersign(
            _("Say first whether they were there: %(names)s.") % {"names": names}, missing
        )
    return Countersignature.objects.create(half_day=half_day, by=by, at=now)
