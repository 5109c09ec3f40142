"""News of public policy, of the partners and of the network."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.search import index

from cms.listings import FilterForm

from ..forms import NewsFilters
from ..kinds import NewsKind
from .base import ListingIndexPage, NewsroomPage


class NewsIndexPage(ListingIndexPage):
    """News, the latest first."""

    filter_form = NewsFilters
    subpage_types = ["newsroom.NewsPage"]
    template = "newsroom/news_index.html"

    class Meta:
        verbose_name = _("list of news")

    def entries(self, request: HttpRequest, form: FilterForm) -> Any:
        from ..queries import news

        return news(self, request.user)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        query = context["listing"].query
        context["feed_url"] = f"{self.get_url(request)}flux/" + (f"?{query}" if query else "")
        return context

    @path("flux/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import news_feed

        return news_feed(self, request)


class NewsPage(NewsroomPage):
    """A piece of news."""

    Kind = NewsKind

    kind = models.CharField(_("section"), max_length=10, choices=Kind.choices, default=Kind.NETWORK)

    parent_page_types = ["newsroom.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/news_page.html"
    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("display_date")]),
                FieldPanel("month_only"),
                FieldPanel("themes"),
            ],
            heading=_("In the lists"),
        ),
        *NewsroomPage.body_panels,
        NewsroomPage.source_panel,
    ]
    promote_panels = [
        panel
        for panel in NewsroomPage.promote_panels
        if getattr(panel, "field_name", "") not in {"display_date", "themes"}
    ]
    search_fields = [*NewsroomPage.search_fields, index.FilterField("kind")]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..queries import other_news

        context = super().get_context(request, *args, **kwargs)
        return context | {"others": other_news(self, request.user)}

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import news_data

        return [news_data(self, request)]
