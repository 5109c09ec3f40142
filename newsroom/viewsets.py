"""Lists of the newsroom's pages in the admin, wherever they stand in the tree."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from .models import EventPage, NewsPage, PublicationPage, VideoPage

KEPT = [column for column in PageListingViewSet.columns if column.name not in {"parent", "type"}]


def columns(*own: Column) -> list[Any]:
    """Those of any list of pages, with these after the title."""
    place = 1 + next(i for i, column in enumerate(KEPT) if column.name == "title")
    return [*KEPT[:place], *own, *KEPT[place:]]


def kind() -> Column:
    return Column("get_kind_display", label=_("Kind"), sort_key="kind")


def date() -> DateColumn:
    return DateColumn("display_date", label=_("Date"), sort_key="display_date")


def fictitious() -> BooleanColumn:
    return BooleanColumn("is_fictitious", label=_("Fictitious"), sort_key="is_fictitious")


class NewsViewSet(PageListingViewSet):
    model = NewsPage
    icon = "doc-full"
    menu_label = _("News")
    columns = columns(kind(), date())
    list_filter = ["kind", "display_date", "is_fictitious"]
    ordering = "-display_date"


class EventViewSet(PageListingViewSet):
    model = EventPage
    icon = "date"
    menu_label = _("Agenda")
    columns = columns(
        kind(),
        Column("starts_on", label=_("First day"), sort_key="starts_at"),
        Column("city", label=_("Where")),
        Column("get_status_display", label=_("Takes place"), sort_key="status"),
        BooleanColumn("has_report", label=_("Report"), sort_key="has_report"),
    )
    list_filter = ["kind", "status", "starts_on", "has_report"]
    ordering = "-starts_at"


class VideoViewSet(PageListingViewSet):
    model = VideoPage
    icon = "media"
    menu_label = _("Videos")
    columns = columns(Column("recording", label=_("Recording")), fictitious())
    ordering = "-display_date"


class PublicationViewSet(PageListingViewSet):
    model = PublicationPage
    icon = "doc-full-inverse"
    menu_label = _("Publications")
    columns = columns(Column("label", label=_("Kind"), sort_key="kind"), date())
    list_filter = ["kind", "display_date"]
    ordering = "-display_date"


class NewsroomGroup(ViewSetGroup):
    menu_label = _("News and agenda")
    menu_icon = "doc-full"
    menu_order = 155
    items = (
        NewsViewSet("newsroom_news", url_prefix="newsroom/news"),
        EventViewSet("newsroom_events", url_prefix="newsroom/events"),
        VideoViewSet("newsroom_videos", url_prefix="newsroom/videos"),
        PublicationViewSet("newsroom_publications", url_prefix="newsroom/publications"),
    )
