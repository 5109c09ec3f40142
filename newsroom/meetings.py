"""What the pages of meetings read: editions, the map of an edition, its programme and its sessions."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from cms.listings import FilterForm, narrow
from cms.maps import project
from cms.meta import absolute
from cms.models import BasePage
from cms.queries import with_cards
from cms.streams import render_stream

from .rows import show_pages

if TYPE_CHECKING:
    from .models import MeetingEditionPage, MeetingIndexPage, MeetingPage

PER_PAGE = 12


# -- Lists ----------------------------------------------------------------------------------------


class EditionList(FilterForm):
    """What may be asked of a list of editions: a page of it."""


def editions(above: BasePage, user: Any) -> QuerySet[Any]:
    """The editions under a page that this reader may see, the newest first."""
    from .models import MeetingEditionPage

    return in_order(MeetingEditionPage.objects.descendant_of(above).visible_to(user))


def in_order(found: QuerySet[Any]) -> QuerySet[Any]:
    """The newest first; undated ones by the date under which their editors class them."""
    when = Coalesce("starts_on", "display_date")
    return found.alias(when=when).order_by(F("when").desc(nulls_last=True), "-pk")


def index_context(index: "MeetingIndexPage", request: HttpRequest) -> dict[str, Any]:
    """`meetings`: by path, to name the meeting of an edition; `coming`: editions not over yet."""
    from .models import MeetingPage

    found = MeetingPage.objects.child_of(index).visible_to(request.user).select_related("locale")
    meetings = list(found.defer_streamfields())
    today = timezone.localdate()
    every = editions(index, request.user)
    coming = list(with_cards(every.filter(coming_on(today)).reverse())[:PER_PAGE])
    past = every.exclude(pk__in=[page.pk for page in coming])
    listing = narrow(past, EditionList(request.GET), show=with_cards, per_page=PER_PAGE)
    _name_meetings([*coming, *listing.page], meetings)
    return {"meetings": meetings, "coming": coming, "listing": listing}


def coming_on(day: dt.date) -> Q:
    """Not over on this day."""
    return Q(ends_on__gte=day) | Q(ends_on=None, starts_on__gte=day)


def _name_meetings(pages: list[Any], meetings: list["MeetingPage"]) -> None:
    """Give each edition its meeting, which is the page above it."""
    by_path = {meeting.path: meeting for meeting in meetings}
    for page in pages:
        page.meeting = by_path.get(page.path[: -page.steplen])


def meeting_context(page: "MeetingPage", request: HttpRequest) -> dict[str, Any]:
    listing = narrow(
        editions(page, request.user), EditionList(request.GET), show=with_cards, per_page=PER_PAGE
    )
    rendered = render_stream(
        page.body, {"page": page, "request": request}, page.footnotes.get_object_list()
    )
    return {"listing": listing, "body": rendered.html, "footnotes": rendered.notes}


# -- An edition -----------------------------------------------------------------------------------


@dataclass
class Counted:
    """One thing that was counted: the first figure set large, the others beneath it."""

    subject: str
    main: Any
    others: list[Any] = field(default_factory=list)


def counted(figures: list[Any]) -> list[Counted]:
    """Figures by subject, in the order of the page. Those on one subject need not follow each other."""
    by_subject: dict[str, Counted] = {}
    for figure in figures:
        if figure.subject in by_subject:
            by_subject[figure.subject].others.append(figure)
        else:
            by_subject[figure.subject] = Counted(figure.subject, figure)
    return list(by_subject.values())


def edition_context(page: "MeetingEditionPage", request: HttpRequest) -> dict[str, Any]:
    """See `templates/newsroom/meeting_edition_page.html`."""
    sessions = list(page.sessions.prefetch_related("projects__department", "speakers"))
    stops = page.cities
    reports = list(page.reports.select_related("document"))
    projects = [row for session in sessions for row in session.projects.all()]
    show_pages([*projects, *reports], request)
    rendered = render_stream(
        page.body, {"page": page, "request": request}, page.footnotes.get_object_list()
    )
    older, newer = _neighbours(page, request.user)
    return {
        "figures": counted(list(page.figures.all())),
        "sessions": sessions,
        "days": _days(sessions),
        "stops": stops,
        "reports": [row for row in reports if row.document or row.shown_page],
        "projects": projects,
        "map_departments": _map_departments(projects),
        "dots": _dots(stops),
        "body": rendered.html,
        "footnotes": rendered.notes,
        "is_coming": bool(page.last_day and page.last_day >= timezone.localdate()),
        "previous": older,
        "next": newer,
    }


def _days(sessions: list[Any]) -> list[tuple[dt.date | None, list[Any]]]:
    """The programme: (day, its sessions in the order of the page). Without dates, one list."""
    return [(day, list(rows)) for day, rows in groupby(sessions, key=lambda row: row.day)]


def _map_departments(projects: list[Any]) -> list[dict[str, str]]:
    """What `components/departments_shown.html` takes: each department once, with its projects."""
    names: dict[str, list[str]] = {}
    for row in projects:
        if row.department_id and row.name not in names.setdefault(row.department_id, []):
            names[row.department_id].append(row.name)
    return [{"code": code, "label": ", ".join(names[code])} for code in sorted(names)]


def _dots(stops: list[Any]) -> list[tuple[float, float]]:
    """Where the cities fall on the map; those whose point is not known are only listed."""
    found = [
        project(stop.commune.latitude, stop.commune.longitude, stop.commune.department_id)
        for stop in stops
        if stop.commune.latitude is not None
    ]
    return [point for point in found if point]


def _neighbours(page: "MeetingEditionPage", user: Any) -> tuple[Any, Any]:
    """The editions of the same meeting just before and just after this one."""
    from .models import MeetingEditionPage

    siblings = MeetingEditionPage.objects.sibling_of(page).visible_to(user)
    ids = list(in_order(siblings).values_list("pk", flat=True))
    if page.pk not in ids or len(ids) == 1:
        return None, None
    here = ids.index(page.pk)
    around = [ids[place] if 0 <= place < len(ids) else None for place in (here + 1, here - 1)]
    found = MeetingEditionPage.objects.filter(pk__in=[pk for pk in around if pk])
    pages = {row.pk: row for row in found.select_related("locale").defer_streamfields()}
    return pages.get(around[0]), pages.get(around[1])


def edition_data(page: "MeetingEditionPage", request: HttpRequest) -> list[dict[str, Any]]:
    """schema.org: an event with its places. Nothing when the date is not known, or it is invented."""
    if not page.starts_on or page.is_fictitious:
        return []
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "url": absolute(page.get_url(request) or ""),
        "startDate": page.starts_on.isoformat(),
        "endDate": page.last_day.isoformat(),
        "inLanguage": page.locale.language_code,
        "location": [{"@type": "City", "name": stop.commune.name} for stop in page.cities],
    }
    return [described]
