"""What changes a registration. Each function is one transaction that holds the session's row.

Places are counted under that lock, so that none is sold twice: on PostgreSQL the row is locked, on
SQLite a transaction holds the whole database from its start (`BEGIN IMMEDIATE`).
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import telling
from ..kinds import ENDED, RegistrationState, SessionState
from ..models import Registration, RegistrationEvent, Session

S = RegistrationState
OFFER_LASTS = dt.timedelta(hours=48)
# This near to the start nobody is waited for: whoever waits is told, the first to accept comes.
RUSH = dt.timedelta(hours=72)


class CannotRegister(ValidationError):
    """The registration cannot change so; the message says why, to whoever asked."""


def lock(session_id: int) -> Session:
    """The session, which nobody else changes until the end of the transaction."""
    return Session.objects.select_for_update().get(pk=session_id)


def places_left(session: Session) -> int:
    """Places that nobody holds. Certain only under the session's lock."""
    return session.capacity - Registration.objects.filter(session=session).holding().count()


def in_rush(session: Session, now: dt.datetime) -> bool:
    return session.first_starts_at is not None and session.first_starts_at - now <= RUSH


# -- Coming in ------------------------------------------------------------------------------------


@transaction.atomic
def register(
    session: Session,
    person: Any,
    *,
    by: Any,
    maison: Any = None,
    remote: bool = False,
    accommodations: str = "",
    expectations: str = "",
    at_the_door: bool = False,
    now: dt.datetime | None = None,
) -> Registration:
    """Register somebody: confirmed, on the waiting list, or awaiting approval.

    at_the_door: whoever runs the session lets somebody in after the deadline, until it ends; once
    it has started nobody waits any more, and only a free place counts.

    Somebody already in play stays as they are (a double click is one registration); one whose
    registration ended starts again, at the end of the queue. `accommodations` are taken from the
    person alone. Raises CannotRegister.
    """
    now = now or timezone.now()
    session = lock(session.pk)
    has_begun = at_the_door and session.has_started(now)
    if not (_takes_at_the_door(session, now) if at_the_door else session.takes_registrations(now)):
        raise CannotRegister(_("Registration for this session is closed."))
    if not person.is_active:
        raise CannotRegister(_("This account is no longer active."))
    row = Registration.objects.filter(session=session, user=person).first()
    if row is not None and row.is_in_play:
        return row
    row = row or Registration(session=session, user=person)
    before = row.state
    row.maison, row.remote, row.registered_by = maison, remote, by
    row.accommodations = accommodations if by == person else ""
    row.expectations = expectations
    row.cancelled_late, row.offer_expires_at = False, None
    row.queued_at = now
    if has_begun:
        if places_left(session) <= 0:
            raise CannotRegister(_("No place is left: add places to the session first."))
        _move(row, S.CONFIRMED, by=by, before=before)
    elif session.needs_approval and not _approves(by, row):
        _move(row, S.REQUESTED, by=by, before=before)
    else:
        _place(session, row, by=by, before=before)
    return row


def _takes_at_the_door(session: Session, now: dt.datetime) -> bool:
    return session.state == SessionState.OPEN and not session.has_ended(now)


def _approves(by: Any, row: Registration) -> bool:
    """Whoever may approve and registers somebody else approves by doing so."""
    return by is not None and by != row.user and by.has_perm("learning.approve_registration", row)


def _place(session: Session, row: Registration, *, by: Any, before: str, reason: str = "") -> None:
    """Give a place when one is free and nobody waits for it, else a rank in the queue."""
    waiting = Registration.objects.filter(session=session).queue().exclude(pk=row.pk).exists()
    free = places_left(session) > 0 and not waiting
    _move(row, S.CONFIRMED if free else S.WAITING, by=by, before=before, reason=reason)


@transaction.atomic
def approve(registration: Registration, *, by: Any) -> Registration:
    """Let somebody in who awaited approval. Already decided: left as it is."""
    session, row = _locked(registration)
    if row.state == S.REQUESTED:
        if session.state != SessionState.OPEN or session.has_started():
            raise CannotRegister(_("This session no longer takes anybody."))
        _place(session, row, by=by, before=row.state)
    return row


@transaction.atomic
def refuse(registration: Registration, *, by: Any, reason: str) -> Registration:
    """Refuse somebody who awaited approval. A reason is owed. Already decided: left as it is."""
    _session, row = _locked(registration)
    if row.state == S.REQUESTED:
        if not reason.strip():
            raise CannotRegister(_("Say why: the person will read it."))
        _move(row, S.REFUSED, by=by, reason=reason)
    return row


# -- Going out ------------------------------------------------------------------------------------


@transaction.atomic
def cancel(
    registration: Registration, *, by: Any, reason: str = "", now: dt.datetime | None = None
) -> Registration:
    """Withdraw. After the time limit it is recorded as late, and the managers are told.

    The place goes to the queue. Raises CannotRegister once the session has started.
    """
    now = now or timezone.now()
    session, row = _locked(registration)
    if not row.is_in_play:
        return row
    if session.has_started(now):
        raise CannotRegister(_("The session has started: the trainer records who is there."))
    held = row.holds_a_place
    limit = dt.timedelta(days=session.free_cancellation_days)
    start = session.first_starts_at
    row.cancelled_late = bool(
        row.state == S.CONFIRMED and start is not None and now > start - limit
    )
    row.offer_expires_at = None
    _move(row, S.CANCELLED, by=by, reason=reason)
    if row.cancelled_late:
        telling.cancelled_late(row)
    if held:
        promote(session, now)
    return row


# -- The queue ------------------------------------------------------------------------------------


def promote(session: Session, now: dt.datetime) -> int:
    """Offer free places to those who wait, in their order. Call it under the session's lock.

    An offer holds its place for 48 hours, never beyond the start. In the last 72 hours nobody
    holds: all who wait are told, and the first to accept comes. Returns how many were told.
    """
    if session.state != SessionState.OPEN or session.has_started(now):
        return 0
    free = places_left(session)
    if free <= 0:
        return 0
    queue = Registration.objects.filter(session=session).queue().select_related("user")
    if in_rush(session, now):
        waiting = list(queue)
        telling.place_is_free(session, waiting)
        return len(waiting)
    offered = list(queue[:free])
    for row in offered:
        row.offer_expires_at = now + OFFER_LASTS
        _move(row, S.OFFERED, by=None)
    return len(offered)


@transaction.atomic
def put_first(registration: Registration, *, by: Any, reason: str) -> Registration:
    """Move somebody to the head of the waiting list, for a reason that stays in the history.

    Only the order changes: places are given as ever. Raises CannotRegister without a reason, or for
    somebody who does not wait.
    """
    session, row = _locked(registration)
    if not reason.strip():
        raise CannotRegister(_("Say why this person comes before the others."))
    if row.state != S.WAITING:
        raise CannotRegister(_("This person is not on the waiting list."))
    first = Registration.objects.filter(session=session).queue().exclude(pk=row.pk).first()
    if first is not None and first.queued_at is not None:
        row.queued_at = first.queued_at - dt.timedelta(seconds=1)
        row.save(update_fields=["queued_at", "changed_at"])
    RegistrationEvent.objects.create(
        registration=row, before=row.state, after=row.state, by=by, reason=reason[:255]
    )
    return row


@transaction.atomic
def accept(registration: Registration, *, by: Any, now: dt.datetime | None = None) -> Registration:
    """Take the place offered, or one that is free in the last 72 hours. Twice is once.

    Raises CannotRegister when the offer has run out or the place went to somebody else.
    """
    now = now or timezone.now()
    session, row = _locked(registration)
    if row.state == S.CONFIRMED:
        return row
    if session.state != SessionState.OPEN or session.has_started(now):
        raise CannotRegister(_("This session no longer takes anybody."))
    if row.state == S.OFFERED:
        if not row.offer_is_open(now):
            raise CannotRegister(_("This offer has run out: the place went to the next person."))
    elif not (row.state == S.WAITING and in_rush(session, now) and places_left(session) > 0):
        raise CannotRegister(_("No place is free: you keep your rank on the waiting list."))
    row.offer_expires_at = None
    _move(row, S.CONFIRMED, by=by)
    return row


def expire_offers(now: dt.datetime | None = None) -> int:
    """End the offers that ran out and pass their places on: a transaction for each session."""
    now = now or timezone.now()
    late = Registration.objects.filter(state=S.OFFERED, offer_expires_at__lte=now)
    ended = 0
    for session_id in set(late.values_list("session_id", flat=True)):
        ended += _expire(session_id, now)
    return ended


@transaction.atomic
def _expire(session_id: int, now: dt.datetime) -> int:
    session = lock(session_id)
    rows = Registration.objects.filter(
        session=session, state=S.OFFERED, offer_expires_at__lte=now
    ).select_related("user")
    ended = 0
    for row in rows:
        row.offer_expires_at = None
        _move(row, S.LAPSED, by=None)
        ended += 1
    promote(session, now)
    return ended


# -- Common ---------------------------------------------------------------------------------------


def _locked(registration: Registration) -> tuple[Session, Registration]:
    """The session's lock first, always: two changes of one session wait for each other."""
    session = lock(registration.session_id)
    row = Registration.objects.select_related("user", "maison").get(pk=registration.pk)
    row.session = session
    return session, row


def _move(
    row: Registration, state: str, *, by: Any, before: str | None = None, reason: str = ""
) -> None:
    """Change the state, write how it came to be so, and tell the person: all or nothing."""
    before = row.state if before is None else before
    row.state = state
    if state in ENDED:
        row.queued_at = None
    row.save()
    RegistrationEvent.objects.create(
        registration=row, before=before, after=state, by=by, reason=reason[:255]
    )
    telling.moved(row, before, reason)
