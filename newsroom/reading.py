"""What the pages of this app show: text, notes, what surrounds them."""

import datetime as dt
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms import timecodes
from cms.request_scope import remember
from cms.streams import render_stream

from . import queries
from .forms import COMING, PAST

if TYPE_CHECKING:
    from .models import AgendaPage, EventPage, NewsroomPage, PublicationPage, VideoPage

RELATED = 3
# A table of contents helps from this many sections on.
TOC_FROM = 3


def page_context(page: "NewsroomPage", request: HttpRequest) -> dict[str, Any]:
    """Body, notes, themes and operators of any page of this app."""
    # Streams of one page are one text for whoever reads their notes.
    called: dict[str, Any] = {}
    rows = page.footnotes.get_object_list()
    around = {"page": page, "request": request}
    body = render_stream(page.body, around, rows, called)
    streams = {"body": body.html, "toc": body.toc}
    if report := getattr(page, "report", None):
        streams["report"] = render_stream(report, around, rows, called).html
    sections = [entry for entry in body.toc if entry[0] == 2]
    return {
        **streams,
        "toc": body.toc if len(sections) >= TOC_FROM else [],
        "footnotes": list(called.values()),
        "themes": themes_of(page),
        "theme_links": theme_links(page, request),
        "operators": list(page.operators.all()),
    }


def theme_links(page: "NewsroomPage", request: HttpRequest) -> list[dict[str, str]]:
    """Each theme, leading to the list narrowed by it."""
    index = page.pages_above()[-1].get_url(request)
    return [
        {"label": theme.label, "url": f"{index}?theme={theme.code}"} for theme in themes_of(page)
    ]


def themes_of(page: "NewsroomPage") -> list[Any]:
    return remember(("themes", page.pk), lambda: list(page.themes.all()))


# -- Agenda -----------------------------------------------------------------------------------


def agenda_context(index: "AgendaPage", listing: Any, request: HttpRequest) -> dict[str, Any]:
    """Tabs, months and the address of the calendar."""
    period = listing.form.code("periode") or COMING
    query = listing.form.query(without="periode")
    return {
        "period": period,
        "is_past": period == PAST,
        "kept": [("periode", PAST)] if period == PAST else [],
        "tabs": _tabs(period, query),
        "groups": by_year(listing.page) if period == PAST else by_month(listing.page),
        "calendar_url": f"{index.get_url(request)}calendrier/" + (f"?{query}" if query else ""),
    }


def _tabs(period: str, query: str) -> list[dict[str, Any]]:
    from .forms import PERIODS

    rest = f"&{query}" if query else ""
    return [
        {"label": label, "url": f"?periode={code}{rest}", "current": code == period}
        for code, label in PERIODS
    ]


def by_month(events: Any) -> list[tuple[str, list[Any]]]:
    """[(« Décembre 2026 », events)] in the order given."""
    return _grouped(events, lambda event: capfirst(date_format(event.starts_on, "F Y")))


def by_year(events: Any) -> list[tuple[str, list[Any]]]:
    """[("2016", events)] in the order given."""
    return _grouped(events, lambda event: str(event.starts_on.year))


def _grouped(events: Any, name: Callable[[Any], str]) -> list[tuple[str, list[Any]]]:
    rows = groupby(
        events, key=lambda event: _("New date to come") if event.date_is_open else name(event)
    )
    return [(title, list(group)) for title, group in rows]


def event_context(event: "EventPage", request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate(now, event.zone)
    is_past = event.ends_at <= now and not event.date_is_open
    until = event.registration_until
    opens = not is_past and event.takes_place and bool(event.registration_url)
    return {
        "is_past": is_past,
        "programme": programme_of(event),
        "registration_open": opens and (until is None or today <= until),
        "registration_over": opens and until is not None and today > until,
        "calendar_url": f"{event.get_url(request)}calendrier/",
    }


def programme_of(event: "EventPage") -> list[tuple[dt.date | None, list[Any]]]:
    """[(day, slots)], as the editors arranged them."""
    slots = [block.value for block in event.programme]
    return [(day, list(group)) for day, group in groupby(slots, key=lambda slot: slot.get("day"))]


# -- Videos and publications ------------------------------------------------------------------


def video_context(video: "VideoPage", request: HttpRequest) -> dict[str, Any]:
    from maisons.models import Maison

    shown = Maison.objects.visible_to(request.user).filter(pk__in=video.maisons.values("pk"))
    return {
        "chapters": [
            {"seconds": row.starts_at, "time": timecodes.write(row.starts_at), "title": row.title}
            for row in video.chapters.all()
        ],
        "chapters_url": f"{video.get_url(request)}chapitres/" if video.chapters.exists() else "",
        "length_label": timecodes.write(video.seconds) if video.seconds else "",
        "maisons": list(shown.with_place().in_order()),
        "others": list(queries.other_videos(video, request.user)[:RELATED]),
    }


def chapter_track(video: "VideoPage") -> str:
    """Chapters as WebVTT (https://www.w3.org/TR/webvtt1/, section 1.6): each ends where the next starts."""
    rows = list(video.chapters.all())
    ends = [row.starts_at for row in rows[1:]]
    cues = (
        [
            f"{timecodes.webvtt(row.starts_at)} --> {timecodes.webvtt(end)}\n{escape(row.title)}"
            for row, end in zip(rows, [*ends, max(video.seconds, *ends, 0) + 1], strict=True)
        ]
        if rows
        else []
    )
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def publication_context(publication: "PublicationPage", request: HttpRequest) -> dict[str, Any]:
    versions = list(publication.versions.select_related("document"))
    return {"latest": versions[0] if versions else None, "earlier": versions[1:]}
