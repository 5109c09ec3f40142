"""Feeds of this app: Atom for what is published, iCalendar for the agenda. Of what anybody may read."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from cms import feeds
from cms.listings import Facet
from cms.meta import absolute

from . import queries
from .calendars import calendar_of

if TYPE_CHECKING:
    from .models import (
        AgendaPage,
        EventPage,
        NewsIndexPage,
        PublicationIndexPage,
        VideoIndexPage,
    )

CALENDAR_TYPE = "text/calendar; charset=utf-8"
# Calendars that subscribe see what is to come, and what has just passed.
EVENTS = 500


def narrowed(entries: Any, index: Any, request: HttpRequest) -> Any:
    """Entries as the parameters of the list narrow them: a feed of one's own choice."""
    form = index.filter_form(request.GET)
    facets: tuple[Facet, ...] = form.facets
    for facet in facets:
        if value := form.value(facet.name):
            entries = entries.filter(**{facet.path: value})
    return entries


def _latest(entries: Any) -> Any:
    return entries.select_related("locale").defer_streamfields()[: feeds.ENTRIES]


def news_feed(index: "NewsIndexPage", request: HttpRequest) -> HttpResponse:
    entries = _latest(narrowed(queries.news(index, None), index, request))
    return feeds.atom_feed(
        index, entries, request, lambda page: {"categories": [str(page.get_kind_display())]}
    )


def video_feed(index: "VideoIndexPage", request: HttpRequest) -> HttpResponse:
    entries = _latest(narrowed(queries.videos(index, None), index, request))
    return feeds.atom_feed(index, entries, request)


def publication_feed(index: "PublicationIndexPage", request: HttpRequest) -> HttpResponse:
    entries = _latest(narrowed(queries.publications(index, None), index, request))
    return feeds.atom_feed(
        index,
        entries,
        request,
        lambda page: {"author_name": page.publisher or None, "categories": [page.label]},
    )


def agenda_calendar(index: "AgendaPage", request: HttpRequest) -> HttpResponse:
    """Every event, the latest first when there are too many, as the parameters narrow them."""
    found = narrowed(queries.events(index, None), index, request)
    entries = found.select_related("locale").defer_streamfields().order_by("-starts_at", "-pk")
    url = absolute(index.get_url(request) or "")
    return _calendar(calendar_of(entries[:EVENTS], index.title, url, request), index.slug)


def event_calendar(event: "EventPage", request: HttpRequest) -> HttpResponse:
    url = absolute(event.get_url(request) or "")
    return _calendar(calendar_of([event], event.title, url, request), event.slug)


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
