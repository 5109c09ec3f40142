"""One date of a session as an event of a calendar (RFC 5545)."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from cms.calendars import calendar
from cms.mail import CalendarPart
from cms.meta import absolute
from cms.zones import describe

from ..kinds import Mode
from ..models import Session, SessionDate

PART = "Formation"
ICS = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Shown:
    """What one reader is shown of a session.

    remote: they take part remotely. registered: they may know the address of the room.
    url: what the event leads to.
    """

    url: str
    remote: bool = False
    registered: bool = False


def shown_to(registration: Any) -> Shown:
    return Shown(registration.get_absolute_url(), registration.remote, registered=True)


def fingerprint(date: SessionDate, shown: Shown) -> str:
    """A digest of what a calendar shows of a date: when it changes, calendars are told."""
    session = date.session
    told = [
        date.starts_at.astimezone(dt.UTC).isoformat(),
        date.ends_at.astimezone(dt.UTC).isoformat(),
        session.zone.key,
        session.module.title,
        place_of(session, shown),
        session.access,
        shown.url,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def place_of(session: Session, shown: Shown) -> str:
    """Where to go: the room on the network for whoever takes part remotely, else the address."""
    if shown.remote or session.mode == Mode.REMOTE:
        return session.meeting_url if shown.registered else ""
    return ", ".join(part for part in (session.venue, session.address, session.city) if part)


def describe_session(session: Session, shown: Shown, note: str = "") -> str:
    """The text of an event. note: what this reader must know of it."""
    remote = shown.remote or session.mode == Mode.REMOTE
    parts = [session.module.summary, note]
    if session.access and not remote:
        parts.append(session.access)
    if session.note and shown.registered:
        parts.append(session.note)
    if session.meeting_url and shown.registered and session.mode != Mode.IN_PERSON:
        parts.append(_("Remotely: %(url)s") % {"url": session.meeting_url})
    if session.is_fictitious:
        parts.append(_("Fictitious session, made up for the demonstration."))
    return "\n\n".join([part for part in parts if part] + [absolute(shown.url)])


def event_of(
    date: SessionDate, shown: Shown, *, sequence: int, stamp: dt.datetime, note: str = ""
) -> Event:
    """One date. Its UID is for ever; its SEQUENCE tells calendars which of two is the newer."""
    session = date.session
    event = Event()
    event.add("uid", str(date.uuid))
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("sequence", sequence)
    event.add("dtstart", date.local_start)
    event.add("dtend", date.local_end)
    event.add("summary", session.module.title)
    if place := place_of(session, shown):
        event.add("location", place)
    event.add("description", describe_session(session, shown, note))
    event.add("url", vUri(absolute(shown.url)))
    event.add("transp", "OPAQUE")
    event.add("status", "CONFIRMED")
    return event


def add_zones(made: Calendar, dates: Iterable[SessionDate]) -> None:
    """Describe the time zones of these dates, a year around them."""
    years: dict[str, set[int]] = {}
    for date in dates:
        years.setdefault(date.session.zone.key, set()).update(
            {date.local_start.year, date.local_end.year}
        )
    for key, used in years.items():
        made.add_component(describe(ZoneInfo(key), min(used) - 1, max(used) + 1))


# -- Invitations (RFC 5546, RFC 6047) -------------------------------------------------------------


def organiser() -> tuple[str, str]:
    """(name, address) from which mail leaves: a calendar trusts no other organiser."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name or settings.SITE_NAME, address


def invitation(
    date: SessionDate,
    shown: Shown,
    person: Any,
    *,
    method: str,
    sequence: int,
    now: dt.datetime | None = None,
) -> CalendarPart:
    """What one person's calendar is told of one date: REQUEST puts it there, CANCEL takes it away.

    Made in the current language. Each person is the only one invited: nobody reads who else comes.
    """
    cancelled = method == "CANCEL"
    made = calendar(PART)
    made.add("method", method)
    add_zones(made, [date])
    event = event_of(
        date,
        shown,
        sequence=sequence,
        stamp=now or timezone.now(),
        note=_("Answers to this invitation are read by nobody: use the address below."),
    )
    invite(event, person, cancelled=cancelled)
    made.add_component(event)
    return CalendarPart(made.to_ical().decode(), method)


def invite(event: Event, person: Any, *, cancelled: bool) -> None:
    """Make an event an invitation of one person, or take it away from their calendar."""
    name, address = organiser()
    event.add("organizer", _address(address, {"CN": name}))
    event.add(
        "attendee",
        _address(
            person.email,
            {
                "CN": str(person),
                "CUTYPE": "INDIVIDUAL",
                "ROLE": "REQ-PARTICIPANT",
                # They said yes by registering: no answer is awaited.
                "PARTSTAT": "ACCEPTED",
                "RSVP": "FALSE",
            },
        ),
    )
    event.add("x-microsoft-disallow-counter", "TRUE")
    if cancelled:
        event["status"] = vText("CANCELLED")
        event["transp"] = vText("TRANSPARENT")


def _address(address: str, parameters: dict[str, str]) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        # A parameter holds neither quotes nor line breaks (RFC 5545, 3.2).
        made.params[name] = vText(" ".join(value.replace('"', "’").split()))
    return made
