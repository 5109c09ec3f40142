"""What changes webinars: registering, joining, attendance, the replay, the acts of the team.

Each function is one transaction.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms import pagecache

from ..models import Webinar, WebinarPresence, WebinarRegistration
from ..paths import playing
from ..paths.record import MOST_ACTIVE, Report
from . import telling
from .kinds import WebinarState

TAKES = (WebinarState.ANNOUNCED, WebinarState.LIVE)


class CannotDo(ValidationError):
    """It cannot be done (any more); the message says why."""


def takes(webinar: Webinar, now: dt.datetime | None = None) -> bool:
    """Whether one may register now: until it is over."""
    return webinar.archived_at is None and webinar.state_at(now) in TAKES


# -- Registering ----------------------------------------------------------------------------------


@transaction.atomic
def register(webinar: Webinar, person: Any) -> WebinarRegistration:
    """Register somebody, who gets a confirmation for their calendar. Registered already: as they are."""
    if not takes(webinar):
        raise CannotDo(_("This webinar takes no registration any more."))
    if not person.is_active:
        raise CannotDo(_("This account is no longer active."))
    row, made = WebinarRegistration.objects.select_for_update(of=("self",)).get_or_create(
        webinar=webinar, user=person
    )
    if not made and row.cancelled_at is None:
        return row
    row.cancelled_at, row.changed_at = None, timezone.now()
    row.save(update_fields=["cancelled_at", "changed_at"])
    row.webinar, row.user = webinar, person
    telling.tell([row])
    return row


@transaction.atomic
def cancel(webinar: Webinar, person: Any) -> WebinarRegistration:
    """Take a registration back; the calendar lets go of it. One may register again."""
    rows = WebinarRegistration.objects.select_for_update(of=("self",)).in_force()
    row = rows.select_related("webinar", "user").filter(webinar=webinar, user=person).first()
    if row is None:
        raise CannotDo(_("You are not registered."))
    if not takes(webinar):
        raise CannotDo(_("This webinar is over."))
    row.cancelled_at = row.changed_at = timezone.now()
    row.save(update_fields=["cancelled_at", "changed_at"])
    telling.tell([row])
    return row


# -- Being there ----------------------------------------------------------------------------------


def _presence(webinar: Webinar, person_id: int) -> WebinarPresence:
    rows = WebinarPresence.objects.select_for_update(of=("self",))
    return rows.get_or_create(webinar=webinar, user_id=person_id)[0]


@transaction.atomic
def join(webinar: Webinar, person: Any) -> str:
    """Somebody registered opens the meeting: kept as presence once. Returns the link."""
    if not webinar.meeting_is_open():
        raise CannotDo(_("The meeting is not open now."))
    registered = WebinarRegistration.objects.filter(webinar=webinar, user=person).in_force()
    if not registered.exists():
        raise CannotDo(_("Register first: the link is for those registered."))
    row = _presence(webinar, person.pk)
    if row.joined_at is None:
        row.joined_at = timezone.now()
        row.save(update_fields=["joined_at"])
    return webinar.meeting_url


@transaction.atomic
def declare(webinar: Webinar, people: Iterable[int], present: Iterable[int], *, by: Any) -> int:
    """The team's list: of these people, those who were present; it goes before what the link says.

    Returns how many rows changed.
    """
    if webinar.starts_at > timezone.now() and webinar.opened_at is None:
        raise CannotDo(_("The webinar has not begun."))
    there, asked = set(present), set(people)
    held = {
        row.user_id: row
        for row in WebinarPresence.objects.select_for_update(of=("self",)).filter(
            webinar=webinar, user__in=asked
        )
    }
    now, changed, new = timezone.now(), [], []
    for person in sorted(asked):
        said = person in there
        row = held.get(person)
        if row is None and not said:
            continue
        if row is None:
            row = WebinarPresence(webinar=webinar, user_id=person)
            new.append(row)
        elif row.was_live == said:
            continue
        else:
            changed.append(row)
        row.declared, row.declared_by, row.declared_at = said, by, now
    WebinarPresence.objects.bulk_create(new)
    WebinarPresence.objects.bulk_update(changed, ["declared", "declared_by", "declared_at"])
    if new or changed:
        said = {"present": len(there & asked), "changed": len(new) + len(changed)}
        log(instance=webinar, action="learning.webinar_attendance", user=by, data=said)
    return len(new) + len(changed)


# -- The replay -----------------------------------------------------------------------------------


@transaction.atomic
def report(
    webinar: Webinar, person: Any, said: Report, *, length: float, share: int, now: dt.datetime
) -> WebinarPresence:
    """Keep what the page of the replay reports; nothing is lowered. Raises CannotRecord.

    length: of the recording in seconds; share: what is to be watched of it, in per cent.
    """
    said.check()
    row = _presence(webinar, person.pk)
    first = row.replay_started_at is None
    row.replay_started_at = row.replay_started_at or now
    if said.played:
        window = playing.FIRST_REPORT
        if said.active is not None:
            window = min(said.active[1] - said.active[0], MOST_ACTIVE).total_seconds()
        elif not first and row.replay_last_at is not None:
            window = (now - row.replay_last_at).total_seconds()
        added = playing.add(
            row.played,
            said.played,
            paid=row.played_for,
            length=length,
            since=(now - row.replay_started_at).total_seconds(),
            window=window,
            speed=said.speed,
        )
        row.played, row.played_for = added.held, added.paid
    if said.place is not None:
        row.place = said.place
    row.replay_last_at = now
    _complete(row, length, share, now)
    row.save()
    return row


@transaction.atomic
def add_played(
    webinar: Webinar,
    person_id: int,
    spans: list[list[float]],
    *,
    length: float,
    share: int,
    now: dt.datetime,
) -> WebinarPresence:
    """What was played of the replay within a path, where its time was paid (`learning.paths.record`)."""
    row = _presence(webinar, person_id)
    row.replay_started_at = row.replay_started_at or now
    row.replay_last_at = now
    merged = playing.spans.merge((a, b) for a, b in [*row.played, *spans])
    row.played = [[a, b] for a, b in merged]
    _complete(row, length, share, now)
    row.save()
    return row


def _complete(row: WebinarPresence, length: float, share: int, now: dt.datetime) -> None:
    if row.replay_done_at is None and playing.share(row.played, length) * 100 >= share - 1e-6 > 0:
        row.replay_done_at = now


@transaction.atomic
def mark_seen(webinar: Webinar, person: Any) -> WebinarPresence:
    """ "I have seen it": for whoever watched otherwise, or read the transcript."""
    if webinar.state != WebinarState.REPLAY:
        raise CannotDo(_("There is no replay yet."))
    row = _presence(webinar, person.pk)
    if row.replay_done_at is None:
        row.replay_done_at = timezone.now()
        row.replay_started_at = row.replay_started_at or row.replay_done_at
        row.marked = True
        row.save()
    return row


@transaction.atomic
def unmark_seen(webinar: Webinar, person: Any) -> WebinarPresence:
    """Undo of `mark_seen`; what was really watched stays."""
    row = _presence(webinar, person.pk)
    if row.marked:
        row.replay_done_at, row.marked = None, False
        row.save(update_fields=["replay_done_at", "marked"])
    return row


# -- The team -------------------------------------------------------------------------------------


def _locked(webinar: Webinar) -> Webinar:
    return Webinar.objects.select_for_update().get(pk=webinar.pk)


def _done(webinar: Webinar, by: Any, action: str, fields: list[str]) -> Webinar:
    webinar.save(update_fields=fields)
    log(instance=webinar, action=f"learning.webinar_{action}", user=by)
    # What the announcement says of its state is kept for visitors.
    pagecache.bump()
    return webinar


@transaction.atomic
def open_now(webinar: Webinar, *, by: Any) -> Webinar:
    """Begin before the hour."""
    row = _locked(webinar)
    if row.state != WebinarState.ANNOUNCED:
        raise CannotDo(_("This webinar is not waiting to begin."))
    row.opened_at = timezone.now()
    return _done(row, by, "open", ["opened_at"])


@transaction.atomic
def end_now(webinar: Webinar, *, by: Any) -> Webinar:
    row = _locked(webinar)
    if row.state != WebinarState.LIVE:
        raise CannotDo(_("This webinar is not live."))
    row.ended_at = timezone.now()
    return _done(row, by, "end", ["ended_at"])


@transaction.atomic
def resume(webinar: Webinar, *, by: Any) -> Webinar:
    """Undo of `end_now` and of `open_now`: the clock alone says again."""
    row = _locked(webinar)
    row.opened_at = row.ended_at = None
    return _done(row, by, "resume", ["opened_at", "ended_at"])


@transaction.atomic
def call_off(webinar: Webinar, reason: str, *, by: Any) -> Webinar:
    """Called off: those registered are told why, their calendars let go of it."""
    row = _locked(webinar)
    if row.state not in TAKES:
        raise CannotDo(_("This webinar is over."))
    if not reason.strip():
        raise CannotDo(_("Say why: those registered will read it."))
    row.cancelled_at, row.cancel_reason = timezone.now(), reason.strip()[:500]
    _done(row, by, "call_off", ["cancelled_at", "cancel_reason"])
    telling.bring_up_to_date.enqueue(row.pk)
    return row


@transaction.atomic
def restore(webinar: Webinar, *, by: Any) -> Webinar:
    """Undo of `call_off`: those registered are invited again."""
    row = _locked(webinar)
    row.cancelled_at, row.cancel_reason = None, ""
    _done(row, by, "restore", ["cancelled_at", "cancel_reason"])
    telling.bring_up_to_date.enqueue(row.pk)
    return row


@transaction.atomic
def set_link(webinar: Webinar, url: str, *, by: Any) -> Webinar:
    row = _locked(webinar)
    row.meeting_url = url
    return _done(row, by, "link", ["meeting_url"])
