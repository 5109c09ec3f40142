"""Calendars to follow or to add: a person's own, one registration, one session."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, vText

from cms.calendars import calendar, calendar_to_follow
from cms.meta import absolute

from ..kinds import RegistrationState, SessionState
from ..models import Registration, Session, SessionDate
from .events import PART, Shown, add_zones, event_of, shown_to
from .invitations import last_told

REFRESH = dt.timedelta(hours=4)
# What is older than this has left the calendar.
KEPT = dt.timedelta(days=180)
# What other rooms add to the calendar of a person: callable(calendar, user, since).
others: list[Callable[[Calendar, Any, dt.datetime], None]] = []
HELD = (SessionState.OPEN, SessionState.CLOSED)


def personal(user: Any, now: dt.datetime | None = None) -> bytes:
    """The sessions for which somebody is registered, and those that they run, in their language."""
    since = (now or timezone.now()) - KEPT
    with translation.override(user.language):
        made = calendar_to_follow(
            PART, _("My training"), absolute(reverse("learning:mine")), REFRESH
        )
        _fill(made, [*_attended(user, since), *_run(user, since)])
        for add in others:
            add(made, user, since)
        return made.to_ical()


def _sessions(since: dt.datetime) -> Any:
    return (
        Session.objects.filter(state__in=HELD, last_ends_at__gt=since)
        .select_related("module", "commune__department")
        .prefetch_related(Prefetch("dates", SessionDate.objects.order_by("starts_at", "pk")))
    )


def _attended(user: Any, since: dt.datetime) -> list[tuple[SessionDate, Shown, int, dt.datetime]]:
    rows = list(
        Registration.objects.filter(
            user=user,
            state=RegistrationState.CONFIRMED,
            session__state__in=HELD,
            session__last_ends_at__gt=since,
        ).prefetch_related(Prefetch("session", _sessions(since)))
    )
    told = last_told(rows)
    found = []
    for row in rows:
        for date in _dates(row.session):
            last = told.get((row.pk, date.pk))
            # That of the invitation: a calendar that has both sees one event.
            sequence = last.sequence if last else date.sequence
            found.append((date, shown_to(row), sequence, last.at if last else row.changed_at))
    return found


def _run(user: Any, since: dt.datetime) -> list[tuple[SessionDate, Shown, int, dt.datetime]]:
    return [
        (
            date,
            Shown(reverse("learning:run-session", args=[session.uuid]), registered=True),
            date.sequence,
            session.opened_at or session.created_at,
        )
        for session in _sessions(since).filter(trainers=user)
        for date in _dates(session)
    ]


def _dates(session: Session) -> list[SessionDate]:
    for date in session.current_dates:
        date.session = session
    return session.current_dates


def _fill(made: Calendar, entries: Iterable[tuple[SessionDate, Shown, int, dt.datetime]]) -> None:
    """Each date once, whoever is both registered and trainer."""
    by_date = {date.pk: (date, shown, number, at) for date, shown, number, at in entries}
    kept = sorted(by_date.values(), key=lambda each: (each[0].starts_at, each[0].pk))
    add_zones(made, [date for date, _shown, _number, _at in kept])
    for date, shown, number, at in kept:
        made.add_component(event_of(date, shown, sequence=number, stamp=at))


def of_registration(row: Registration) -> bytes:
    """The dates of one's own registration, to add by hand to a calendar."""
    made = calendar(PART)
    told = last_told([row])
    entries = []
    for date in _dates(row.session):
        last = told.get((row.pk, date.pk))
        sequence = last.sequence if last else date.sequence
        entries.append((date, shown_to(row), sequence, last.at if last else row.changed_at))
    _fill(made, entries)
    return made.to_ical()


def of_session(session: Session) -> bytes:
    """The dates of one session for anybody: without the address of the remote room."""
    made = calendar(PART)
    shown = Shown(session.get_absolute_url())
    stamp = session.cancelled_at or session.opened_at or session.created_at
    dates = _dates(session)
    add_zones(made, dates)
    for date in dates:
        event = event_of(date, shown, sequence=date.sequence, stamp=stamp)
        if session.state == SessionState.CANCELLED:
            event["status"] = vText("CANCELLED")
            event["transp"] = vText("TRANSPARENT")
        made.add_component(event)
    return made.to_ical()
