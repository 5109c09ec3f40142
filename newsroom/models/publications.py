"""Publications: sheets, reports, studies, with their files in versions and a summary to read."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.search import index

from cms.listings import FilterForm

from ..forms import PublicationFilters
from ..kinds import PublicationKind
from .base import ListingIndexPage, NewsroomPage


class PublicationIndexPage(ListingIndexPage):
    filter_form = PublicationFilters
    subpage_types = ["newsroom.PublicationPage"]
    template = "newsroom/publication_index.html"

    class Meta:
        verbose_name = _("list of publications")

    def entries(self, request: HttpRequest, form: FilterForm) -> Any:
        from ..queries import publications

        return publications(self, request.user)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"feed_url": f"{self.get_url(request)}flux/"}

    @path("flux/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import publication_feed

        return publication_feed(self, request)


class PublicationPage(NewsroomPage):
    """A publication. Its body is the accessible summary: who cannot read the file reads it."""

    Kind = PublicationKind

    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=PublicationKind.REPORT
    )
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("Within its series: n° 33.")
    )
    publisher = models.CharField(_("published by"), max_length=255, blank=True)
    external_url = models.URLField(
        _("where to find it"), blank=True, help_text=_("When the file is on another site.")
    )

    parent_page_types = ["newsroom.PublicationIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/publication_page.html"
    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
                FieldPanel("publisher"),
                FieldRowPanel([FieldPanel("display_date"), FieldPanel("month_only")]),
            ],
            heading=_("Publication"),
        ),
        InlinePanel("versions", label=_("Files, by version")),
        FieldPanel("external_url"),
        *NewsroomPage.body_panels,
        NewsroomPage.source_panel,
    ]
    promote_panels = [
        panel
        for panel in NewsroomPage.promote_panels
        if getattr(panel, "field_name", "") != "display_date"
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("publisher"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    @property
    def label(self) -> str:
        """« En bref n° 33 » or « Rapport »."""
        kind = self.get_kind_display()
        return f"{kind} {self.number}" if self.number else str(kind)

    @property
    def published_line(self) -> str:
        """« CGET, février 2017 »."""
        return ", ".join(part for part in (self.publisher, self.dated) if part)

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import publication_data

        return [publication_data(self, request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import publication_context

        context = super().get_context(request, *args, **kwargs)
        return context | publication_context(self, request)


class PublicationVersion(models.Model):
    """A file of a publication, of one date; the newest is the one that is offered first."""

    publication = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="versions")
    document = models.ForeignKey(
        "cms.SiteDocument",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    label = models.CharField(
        _("version"),
        max_length=80,
        help_text=_("What tells it from the others: version 2, in English."),
    )
    date = models.DateField(_("date"))
    changes = models.CharField(_("what changed"), max_length=255, blank=True)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("date")]),
        FieldPanel("changes"),
    ]

    class Meta:
        verbose_name = _("version of a file")
        verbose_name_plural = _("versions of files")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.label
