"""A webinar in calendars: one event, whose UID is the identity of the webinar (RFC 5545, RFC 5546).

The event leads to the page of the webinar; the link to the meeting tool is never in it.
"""

import datetime as dt
import hashlib
import json
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText, vUri

from cms.calendars import calendar
from cms.mail import CalendarPart
from cms.meta import absolute

from ..calendars.events import PART, invite
from ..models import Webinar, WebinarRegistration

PARIS = ZoneInfo("Europe/Paris")


def fingerprint(webinar: Webinar) -> str:
    """A digest of what a calendar shows: when it changes, calendars are told."""
    told = [
        webinar.title,
        webinar.starts_at.astimezone(dt.UTC).isoformat(),
        webinar.ends_at.astimezone(dt.UTC).isoformat(),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def event_of(
    webinar: Webinar, *, sequence: int, stamp: dt.datetime, summary: str = "", url: str = ""
) -> Event:
    address = absolute(url or webinar.get_absolute_url())
    said = [
        summary,
        _("On the network: the link is on this page, from a quarter of an hour before."),
    ]
    if webinar.is_fictitious:
        said.append(_("Fictitious webinar, made up for the demonstration."))
    event = Event()
    event.add("uid", str(webinar.uuid))
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("sequence", sequence)
    # In UTC: nothing recurs, no time zone has to be described.
    event.add("dtstart", webinar.starts_at.astimezone(dt.UTC))
    event.add("dtend", webinar.ends_at.astimezone(dt.UTC))
    event.add("summary", _("Webinar: %(title)s") % {"title": webinar.title})
    event.add("location", address)
    event.add("description", "\n\n".join([*(part for part in said if part), address]))
    event.add("url", vUri(address))
    event.add("transp", "OPAQUE")
    event.add("status", "CONFIRMED")
    return event


def invitation(row: WebinarRegistration, method: str, now: dt.datetime) -> CalendarPart:
    """What the calendar of one person is told, in the current language."""
    made = calendar(PART)
    made.add("method", method)
    event = event_of(row.webinar, sequence=row.sequence, stamp=now)
    invite(event, row.user, cancelled=method == "CANCEL")
    made.add_component(event)
    return CalendarPart(made.to_ical().decode(), method)


def of_webinar(webinar: Webinar, summary: str, url: str) -> bytes:
    """One webinar as a file, for anybody who reads its announcement."""
    made = calendar(PART)
    stamp = webinar.cancelled_at or webinar.created_at
    event = event_of(webinar, sequence=0, stamp=stamp, summary=summary, url=url)
    if webinar.cancelled_at:
        event["status"] = vText("CANCELLED")
        event["transp"] = vText("TRANSPARENT")
    made.add_component(event)
    return made.to_ical()


def add_to(made: Calendar, user: Any, since: dt.datetime) -> None:
    """The webinars that somebody registered for, in their personal calendar: one query."""
    rows = (
        WebinarRegistration.objects.filter(user=user, webinar__ends_at__gt=since)
        .in_force()
        .filter(webinar__cancelled_at=None, webinar__archived_at=None)
        .select_related("webinar")
        .order_by("webinar__starts_at", "pk")
    )
    for row in rows:
        stamp = row.told_at or row.changed_at
        made.add_component(event_of(row.webinar, sequence=row.sequence, stamp=stamp))
