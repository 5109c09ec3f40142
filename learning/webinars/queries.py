"""What the pages of webinars read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When, Window
from django.utils import timezone, translation

from accounts.models import User

from ..models import (
    CataloguePage,
    Webinar,
    WebinarNote,
    WebinarPage,
    WebinarPresence,
    WebinarRegistration,
)
from ..models.webinars import WebinarQuerySet
from ..queries import below
from . import notes as writing
from .forms import ABSENT, FOLLOWED, LIVE, REGISTERED, REPLAY
from .kinds import Audience, WebinarState

NOTES_PER_PAGE = 50
SHELF = 4


# -- Pages ----------------------------------------------------------------------------------------


def pages_by_webinar(webinars: Iterable[Webinar]) -> dict[Any, WebinarPage]:
    """{identity: its live page, in the reader's language or else in French}: one query."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    keys = [webinar.uuid for webinar in webinars]
    rows = WebinarPage.objects.filter(translation_key__in=keys, live=True)
    found: dict[Any, WebinarPage] = {}
    for page in rows.select_related("locale", "recording"):
        if page.locale.language_code == language or page.translation_key not in found:
            found[page.translation_key] = page
    return found


def page_of(webinar: Webinar) -> WebinarPage | None:
    return pages_by_webinar([webinar]).get(webinar.uuid)


# -- Lists ----------------------------------------------------------------------------------------


@dataclass
class Line:
    """A webinar in a list: its row, its page in the reader's language, its state now."""

    webinar: Webinar
    page: WebinarPage
    state: WebinarState


def lines(webinars: Iterable[Webinar], now: dt.datetime | None = None) -> list[Line]:
    rows = list(webinars)
    pages = pages_by_webinar(rows)
    return [Line(row, pages[row.uuid], row.state_at(now)) for row in rows if row.uuid in pages]


def shown(user: Any) -> WebinarQuerySet:
    """Those whose announcement this person reads, the newest first."""
    rows = Webinar.objects.visible_to(user).filter(archived_at=None)
    return rows.order_by("-starts_at", "-pk")


def replays(rows: WebinarQuerySet, now: dt.datetime | None = None) -> WebinarQuerySet:
    now = now or timezone.now()
    over = Q(ends_at__lte=now) | Q(ended_at__isnull=False)
    return rows.filter(over, has_recording=True, cancelled_at=None)


def to_show_first(user: Any, now: dt.datetime | None = None) -> Line | None:
    """The webinar of the home page, of those that this person sees: live or the next one, else the last
    replay. One query.
    """
    now = now or timezone.now()
    rows = Webinar.objects.filter(uuid=OuterRef("translation_key"))
    language = translation.get_language() or settings.LANGUAGE_CODE
    pages = (
        WebinarPage.objects.visible_to(user)
        .filter(locale__language_code__in=(settings.LANGUAGE_CODE, language))
        .annotate(
            comes=Exists(rows.coming(now).order_by()),
            replays=Exists(replays(rows.filter(archived_at=None), now)),
            is_translated=Q(locale__language_code=language),
        )
        .filter(Q(comes=True) | Q(replays=True))
    )
    nearest = Case(When(comes=True, then=F("starts_at")))
    order = ("-comes", nearest.asc(), "-starts_at", "-is_translated", "pk")
    page = pages.select_related("recording").order_by(*order).first()
    if page is None:
        return None
    state = WebinarState.REPLAY
    if page.comes:
        state = WebinarState.ANNOUNCED if page.starts_at > now else WebinarState.LIVE
    held = Webinar(
        uuid=page.translation_key,
        title=page.title,
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        is_fictitious=page.is_fictitious,
    )
    return Line(held, page, state)


def shelf(catalogue: CataloguePage, user: Any) -> list[Line]:
    """On the catalogue: those to come, the nearest first, then the last replays. Two queries at most."""
    now = timezone.now()
    under = WebinarPage.objects.filter(below(catalogue)).visible_to(user)
    keys = dict.fromkeys(under.order_by("-starts_at").values_list("translation_key", flat=True))
    rows = Webinar.objects.filter(uuid__in=list(keys)[:50], archived_at=None, cancelled_at=None)
    coming, past = [], []
    for row in rows.order_by("-starts_at"):
        state = row.state_at(now)
        if state in (WebinarState.ANNOUNCED, WebinarState.LIVE):
            coming.insert(0, row)
        elif state == WebinarState.REPLAY:
            past.append(row)
    return lines([*coming[:SHELF], *past[: max(SHELF - len(coming), 2)]], now)


# -- One person -----------------------------------------------------------------------------------


def registration_of(webinar: Webinar, user: Any) -> WebinarRegistration | None:
    rows = WebinarRegistration.objects.filter(webinar=webinar, user=user).in_force()
    return rows.first()


def presence_of(webinar: Webinar, user: Any) -> WebinarPresence | None:
    return WebinarPresence.objects.filter(webinar=webinar, user=user).first()


@dataclass
class Notes:
    """A page of the notes that somebody reads, in the order of the recording; and what can come back."""

    page: Page
    deleted: list[WebinarNote]


def notes_of(webinar: Webinar, user: Any, number: int) -> Notes:
    """Two queries; a page that is not there is the first."""
    rows = WebinarNote.objects.filter(webinar=webinar).filter(Q(is_public=True) | Q(author=user))
    kept = rows.filter(deleted_at=None).order_by("moment", "pk")
    page = _page(kept.annotate(total=Window(Count("pk"))), number)
    since = timezone.now() - writing.KEPT_FOR
    deleted = WebinarNote.objects.filter(webinar=webinar, author=user, deleted_at__gt=since)
    return Notes(page, list(deleted.order_by("-deleted_at")[:10]))


def _page(rows: QuerySet[Any], number: int) -> Page:
    """A page of rows that say how many there are in all."""
    found = list(rows[(number - 1) * NOTES_PER_PAGE : number * NOTES_PER_PAGE])
    if not found and number > 1:
        return _page(rows, 1)
    paginator = Paginator(rows, NOTES_PER_PAGE)
    paginator.count = found[0].total if found else 0
    return Page(found, number, paginator)


def public_notes(webinar: Webinar) -> list[WebinarNote]:
    """Those of the team, where anybody sees the recording: without the name of their author."""
    rows = WebinarNote.objects.filter(webinar=webinar, is_public=True, deleted_at=None)
    return list(rows.order_by("moment", "pk")[:200])


# -- The team -------------------------------------------------------------------------------------


def people_of(webinar: Webinar, who: str = "", name: str = "") -> QuerySet[User]:
    """Registered, there or having seen the replay, with `registered` and `present` (lists of one)."""
    registered = WebinarRegistration.objects.filter(webinar=webinar).in_force()
    present = WebinarPresence.objects.filter(webinar=webinar)
    was_live = Q(declared=True) | Q(declared=None, joined_at__isnull=False)
    is_registered = Exists(registered.filter(user=OuterRef("pk")))
    of = present.filter(user=OuterRef("pk"))
    asked = {
        REGISTERED: Q(is_registered),
        LIVE: Q(Exists(of.filter(was_live))),
        ABSENT: Q(is_registered) & ~Q(Exists(of.filter(was_live))),
        REPLAY: Q(Exists(of.filter(replay_done_at__isnull=False))),
        FOLLOWED: Q(Exists(of.filter(was_live | Q(replay_done_at__isnull=False)))),
    }.get(who)
    followed = of.filter(was_live | Q(replay_started_at__isnull=False))
    rows = User.objects.filter(asked if asked is not None else is_registered | Exists(followed))
    for word in name.split()[:4]:
        rows = rows.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    read: list[Any] = [
        Prefetch("webinar_registrations", registered, to_attr="registered"),
        Prefetch("webinar_presences", present, to_attr="present"),
    ]
    return rows.prefetch_related(*read).order_by("last_name", "first_name", "pk")


def tally(webinar: Webinar) -> dict[str, int]:
    """{what people did, as `people_of` asks for it: how many}. Two queries."""
    presences = WebinarPresence.objects.filter(webinar=webinar)
    rows = list(presences.values_list("joined_at", "declared", "replay_done_at"))
    live = [joined is not None if said is None else said for joined, said, _done in rows]
    seen = [done is not None for _joined, _said, done in rows]
    registered = WebinarRegistration.objects.filter(webinar=webinar).in_force().count()
    either = sum(a or b for a, b in zip(live, seen, strict=True))
    return {REGISTERED: registered, LIVE: sum(live), REPLAY: sum(seen), FOLLOWED: either}


def audience_of(webinar: Webinar, audience: str) -> QuerySet[User]:
    """To whom a message goes: open accounts alone."""
    who = {Audience.REGISTERED: REGISTERED, Audience.LIVE: LIVE, Audience.ABSENT: ABSENT}
    return people_of(webinar, who[Audience(audience)]).filter(is_active=True)
