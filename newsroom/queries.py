"""What the pages of this app read. Each listing is limited to what the reader may see."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, When
from django.utils import timezone

from cms.queries import index_page, with_cards

from .forms import PAST
from .kinds import EventStatus

if TYPE_CHECKING:
    from .models import AgendaPage, NewsIndexPage, PublicationIndexPage, VideoIndexPage

# What has no date comes last, whatever the database thinks of nothing.
NEWEST = (F("display_date").desc(nulls_last=True), "-pk")


def news(index: "NewsIndexPage", user: Any | None) -> Any:
    from .models import NewsPage

    return NewsPage.objects.child_of(index).visible_to(user).order_by(*NEWEST)


def videos(index: "VideoIndexPage", user: Any | None) -> Any:
    from .models import VideoPage

    found = VideoPage.objects.child_of(index).visible_to(user).select_related("recording")
    return found.order_by(*NEWEST)


def publications(index: "PublicationIndexPage", user: Any | None) -> Any:
    from .models import PublicationPage

    found = PublicationPage.objects.child_of(index).visible_to(user)
    return found.order_by(*NEWEST)


def events(index: "AgendaPage", user: Any | None) -> Any:
    from .models import EventPage

    found = EventPage.objects.child_of(index).visible_to(user)
    return found.select_related("commune__department", "calendar")


DATE_OPEN = Q(status=EventStatus.POSTPONED, first_announced_for=None)


def coming(now: dt.datetime) -> Q:
    """Not over yet; an event whose new date is not known is still to come."""
    return Q(ends_at__gt=now) | DATE_OPEN


def in_period(found: Any, period: str | None) -> Any:
    """Coming events, the next first and those without a date last; or past ones, the latest first."""
    now = timezone.now()
    if period == PAST:
        return found.exclude(coming(now)).order_by("-starts_at", "-pk")
    return found.filter(coming(now)).order_by(
        Case(When(DATE_OPEN, then=1), default=0), "starts_at", "pk"
    )


RELATED = 3


def other_news(page: Any, user: Any | None) -> list[Any]:
    """The latest of the same section first, then of the others."""
    from .models import NewsPage

    found = NewsPage.objects.sibling_of(page).visible_to(user).exclude(pk=page.pk)
    same = Case(When(kind=page.kind, then=0), default=1)
    rows = found.select_related("locale").defer_streamfields()
    return list(rows.order_by(same, *NEWEST)[:RELATED])


def other_videos(video: Any, user: Any | None) -> Any:
    from .models import VideoPage

    found = VideoPage.objects.sibling_of(video).visible_to(user).exclude(pk=video.pk)
    return with_cards(found.select_related("recording")).order_by(*NEWEST)


# -- For home and the professional space --------------------------------------------------------


def latest_news(user: Any | None, count: int) -> list[Any]:
    from .models import NewsPage

    return list(with_cards(NewsPage.objects.visible_to(user)).order_by(*NEWEST)[:count])


def next_events(user: Any | None, count: int) -> list[Any]:
    from .models import EventPage

    found = EventPage.objects.visible_to(user).select_related("commune__department", "locale")
    return list(in_period(found.defer_streamfields(), None)[:count])


def latest_videos(user: Any | None, count: int) -> list[Any]:
    from .models import VideoPage

    found = VideoPage.objects.visible_to(user).select_related("recording")
    return list(with_cards(found).order_by(*NEWEST)[:count])


def index_of(name: str, request: Any) -> Any:
    """The page that lists, in the language of the reader or else in French; None when it is hidden."""
    from . import models

    return index_page(getattr(models, name), request)
