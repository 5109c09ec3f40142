"""What changes a session. Each function is one transaction that holds its row."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms import pagecache

from .. import telling
from ..attendance.queries import signed_for
from ..attendance.words import name_of
from ..kinds import IN_PLAY, HalfDayPart, RegistrationState, SessionState
from ..models import HalfDay, Registration, Session, SessionDate
from .registrations import _move, lock, promote

NOON = dt.time(13, 0)


class CannotChange(ValidationError):
    """The session cannot change so; the message says why."""


class ChangedMeanwhile(CannotChange):
    """Somebody else saved the session since it was read."""


@dataclass(frozen=True)
class Slot:
    """A date as it is entered: two moments with their time zone."""

    starts_at: dt.datetime
    ends_at: dt.datetime


@transaction.atomic
def set_dates(session: Session, slots: Iterable[Slot], *, by: Any = None) -> bool:
    """Give a session these dates, keeping the identity of those that stay.

    Dates are matched in their order: the first stays the first, moved. One that is taken off stays
    as cancelled when it was announced, so that calendars can be told. Returns whether anything
    changed. Raises CannotChange for dates that overlap or that attendance was signed for.
    """
    wanted = sorted(slots, key=lambda slot: slot.starts_at)
    for one, other in itertools.pairwise(wanted):
        if other.starts_at < one.ends_at:
            raise CannotChange(_("Two dates overlap."))
    session = lock(session.pk)
    current = list(session.dates.filter(cancelled_at=None))
    announced = session.state != SessionState.DRAFT
    changed = False
    for position, slot in enumerate(wanted):
        if position < len(current):
            changed |= _move_date(current[position], slot, announced)
        else:
            date = SessionDate.objects.create(
                session=session, starts_at=slot.starts_at, ends_at=slot.ends_at
            )
            _make_half_days(date, session)
            changed = True
    for date in current[len(wanted) :]:
        _take_off(date, announced)
        changed = True
    _bound(session)
    return changed


def _move_date(date: SessionDate, slot: Slot, announced: bool) -> bool:
    if (date.starts_at, date.ends_at) == (slot.starts_at, slot.ends_at):
        return False
    date.starts_at, date.ends_at = slot.starts_at, slot.ends_at
    if announced:
        date.sequence += 1
    date.save()
    _make_half_days(date, date.session)
    return True


def _take_off(date: SessionDate, announced: bool) -> None:
    _keep_what_was_signed(date, {})
    if not announced:
        date.delete()
        return
    date.cancelled_at = timezone.now()
    date.sequence += 1
    date.save()
    date.half_days.all().delete()


def _make_half_days(date: SessionDate, session: Session) -> None:
    """The half-days that the hours of a date cover, by the clock of the place."""
    start, end = date.starts_at.astimezone(session.zone), date.ends_at.astimezone(session.zone)
    noon = dt.datetime.combine(start.date(), NOON, session.zone)
    spans = {
        HalfDayPart.MORNING: (start, min(end, noon)),
        HalfDayPart.AFTERNOON: (max(start, noon), end),
    }
    kept = {part: span for part, span in spans.items() if span[1] > span[0]}
    _keep_what_was_signed(date, kept)
    date.half_days.exclude(part__in=list(kept)).delete()
    for part, (begins, ends) in kept.items():
        HalfDay.objects.update_or_create(
            date=date, part=part, defaults={"starts_at": begins, "ends_at": ends}
        )


def _keep_what_was_signed(date: SessionDate, spans: dict[HalfDayPart, Any]) -> None:
    """Raise CannotChange when a half-day that was signed for would not keep its hours."""
    for half_day in signed_for(date.half_days.select_related("date__session")):
        span = spans.get(HalfDayPart(half_day.part))
        if span != (half_day.starts_at, half_day.ends_at):
            raise CannotChange(
                _("Attendance was signed for %(half_day)s: it can no longer be moved or taken off.")
                % {"half_day": name_of(half_day)}
            )


def _bound(session: Session) -> None:
    dates = list(session.dates.filter(cancelled_at=None))
    session.first_starts_at = min((date.starts_at for date in dates), default=None)
    session.last_ends_at = max((date.ends_at for date in dates), default=None)
    session.save(update_fields=["first_starts_at", "last_ends_at"])


# -- States ---------------------------------------------------------------------------------------


def lacks(session: Session) -> list[str]:
    """What a draft lacks before it can be announced."""
    missing = []
    if session.first_starts_at is None:
        missing.append(_("a date"))
    if session.mode != Session.Mode.REMOTE and not (session.commune_id and session.venue):
        missing.append(_("a place"))
    if session.mode != Session.Mode.IN_PERSON and not session.meeting_url:
        missing.append(_("the address of the remote room"))
    if not session.trainers.exists():
        missing.append(_("a trainer"))
    return missing


@transaction.atomic
def open_session(session: Session, *, by: Any) -> Session:
    """Announce a draft: from now on people may register. Raises CannotChange with what it lacks."""
    session = lock(session.pk)
    if session.state != SessionState.DRAFT:
        return session
    if missing := lacks(session):
        raise CannotChange(_("The session still lacks: %(what)s.") % {"what": ", ".join(missing)})
    if session.has_started():
        raise CannotChange(_("Its first date is past."))
    session.state, session.opened_at = SessionState.OPEN, timezone.now()
    session.version += 1
    session.save()
    log(instance=session, action="learning.open", user=by)
    telling.opened(session)
    pagecache.bump()
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: Any, reason: str) -> Session:
    """Call a session off and tell everybody in play. A reason is owed."""
    if not reason.strip():
        raise CannotChange(_("Say why: those registered will read it."))
    session = lock(session.pk)
    if session.state == SessionState.CANCELLED:
        return session
    if session.state == SessionState.CLOSED:
        raise CannotChange(_("A closed session is not cancelled."))
    session.state, session.cancelled_at = SessionState.CANCELLED, timezone.now()
    session.cancel_reason = reason[:255]
    session.version += 1
    session.save()
    session.dates.filter(cancelled_at=None).update(sequence=F("sequence") + 1)
    rows = Registration.objects.filter(session=session, state__in=IN_PLAY).select_related("user")
    for row in rows:
        row.session = session
        row.offer_expires_at = None
        _move(row, RegistrationState.CANCELLED, by=by, reason=reason)
    log(instance=session, action="learning.cancel", user=by, data={"reason": reason})
    pagecache.bump()
    return session


@transaction.atomic
def announce_change(session: Session, *, by: Any, told: Iterable[str]) -> None:
    """After an announced session changed: raise its version, offer new places, tell everybody.

    told: what changed, in words ("the place", "the dates").
    """
    session = lock(session.pk)
    session.version += 1
    session.save(update_fields=["version"])
    if session.state == SessionState.OPEN:
        telling.changed(session, list(told))
        promote(session, timezone.now())
    log(instance=session, action="learning.change", user=by)
    pagecache.bump()


@transaction.atomic
def duplicate(session: Session, *, by: Any, shift: dt.timedelta | None = None) -> Session:
    """A draft with the same place, people and hours, `shift` later when it is given."""
    dates = list(session.dates.filter(cancelled_at=None))
    trainers = list(session.trainers.all())
    copy = Session.objects.get(pk=session.pk)
    copy.pk, copy.uuid = None, Session._meta.get_field("uuid").default()
    copy._state.adding = True
    copy.state, copy.version = SessionState.DRAFT, 0
    for name in ("opened_at", "cancelled_at", "closed_at", "closed_by", "deadline"):
        setattr(copy, name, None)
    copy.cancel_reason, copy.first_starts_at, copy.last_ends_at = "", None, None
    copy.save()
    copy.trainers.set(trainers)
    if shift is not None:
        zone = session.zone
        slots = [
            Slot(_shifted(d.starts_at, shift, zone), _shifted(d.ends_at, shift, zone))
            for d in dates
        ]
        set_dates(copy, slots, by=by)
        copy.refresh_from_db()
    log(instance=copy, action="learning.duplicate", user=by, data={"from": str(session.uuid)})
    return copy


def _shifted(moment: dt.datetime, shift: dt.timedelta, zone: Any) -> dt.datetime:
    """The same hour on the clock of the place, whatever the season."""
    return (moment.astimezone(zone).replace(tzinfo=None) + shift).replace(tzinfo=zone)
