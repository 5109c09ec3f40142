"""Events as iCalendar (RFC 5545): what calendars are told, and how often it changed."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event, vUri

from cms.calendars import calendar_to_follow
from cms.meta import absolute
from cms.zones import describe

from .times import DAY

if TYPE_CHECKING:
    from .models import EventPage

REFRESH = dt.timedelta(hours=6)
# What a calendar shows: a change of any of these is told.
TOLD = (
    *("title", "summary", "status", "status_note", "first_announced_for"),
    *("starts_on", "starts_time", "ends_on", "ends_time"),
    *("venue", "address", "commune_id", "online_url", "registration_url"),
)


def note_change(event: "EventPage") -> None:
    """Raise the number of an event whose calendar entry is about to change. Call it in a transaction."""
    from .models import EventCalendar

    told = fingerprint(event)
    entry = EventCalendar.objects.select_for_update().filter(event_id=event.pk).first()
    if entry is None:
        EventCalendar.objects.create(event=event, fingerprint=told, changed_at=timezone.now())
    elif entry.fingerprint != told:
        entry.sequence += 1
        entry.fingerprint, entry.changed_at = told, timezone.now()
        entry.save()


def fingerprint(event: "EventPage") -> str:
    values = [str(getattr(event, name) or "") for name in TOLD]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def calendar_of(events: Iterable["EventPage"], name: str, url: str, request: Any) -> bytes:
    """A calendar of these events, with the time zones that they use.

    name, url: of the calendar, for whoever subscribes to it.
    """
    events = list(events)
    calendar = calendar_to_follow("Agenda", name, url, REFRESH)
    calendar.add("method", "PUBLISH")
    for zone in {event.zone for event in events if not event.times.whole_days}:
        years = [day.year for event in events for day in (event.starts_on, event.times.last)]
        # A year around, for calendars that repeat or move an event.
        calendar.add_component(describe(zone, min(years) - 1, max(years) + 1))
    for event in events:
        calendar.add_component(entry_of(event, request))
    return calendar.to_ical()


def entry_of(event: "EventPage", request: Any) -> Event:
    """One event. Its identifier outlives its address; its number rises when it changes."""
    told = getattr(event, "calendar", None)
    changed = told.changed_at if told else event.last_published_at or event.starts_at
    url = absolute(event.get_url(request) or "")
    entry = Event()
    entry.add("uid", str(event.translation_key))
    entry.add("sequence", told.sequence if told else 0)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("summary", summary_of(event))
    entry.add("description", description_of(event, url))
    entry.add("url", vUri(url))
    entry.add("status", "CONFIRMED" if event.takes_place else "CANCELLED")
    # Nobody's time is taken by a day on which the event does not take place.
    entry.add("transp", "OPAQUE" if event.takes_place else "TRANSPARENT")
    entry.add("class", "PUBLIC")
    if place := event.place or event.online_url:
        entry.add("location", place)
    entry.add("categories", [str(event.get_kind_display())])
    _add_times(entry, event)
    return entry


def _add_times(entry: Event, event: "EventPage") -> None:
    times = event.times
    if times.whole_days:
        entry.add("dtstart", times.starts_on)
        entry.add("dtend", times.last + DAY)  # the first day after it
        return
    entry.add("dtstart", times.local_start)
    if times.ends_time is not None:
        entry.add("dtend", times.local_end)


def summary_of(event: "EventPage") -> str:
    """The title, which says first when the event does not take place on this date."""
    if event.takes_place:
        return event.title
    return _("%(status)s: %(title)s") % {
        "status": event.get_status_display(),
        "title": event.title,
    }


def description_of(event: "EventPage", url: str) -> str:
    parts = [event.status_note, event.summary]
    if event.online_url:
        parts.append(_("Online: %(url)s") % {"url": event.online_url})
    if event.registration_url:
        parts.append(_("Registration: %(url)s") % {"url": event.registration_url})
    if event.is_fictitious:
        parts.append(_("Fictitious event, made up for the demonstration."))
    return "\n\n".join([part for part in parts if part] + [url])
