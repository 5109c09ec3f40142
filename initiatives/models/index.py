"""The page under which all initiatives stand: their list, its filters, its feed."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.models import BasePage


class InitiativesIndexPage(RoutablePageMixin, BasePage):
    """The initiatives of the network."""

    featured = models.ForeignKey(
        "initiatives.ProjectSheetPage",
        verbose_name=_("initiative set large"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the most recent one."),
    )

    subpage_types = ["initiatives.ProjectSheetPage"]
    max_count_per_parent = 1
    template = "initiatives/index_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("featured")]

    class Meta:
        verbose_name = _("list of initiatives")
        verbose_name_plural = _("lists of initiatives")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..listing import listing_context

        context = super().get_context(request, *args, **kwargs)
        return context | listing_context(self, request, context["page_meta"])

    @path("pres/", name="near")
    def near(self, request: HttpRequest) -> HttpResponse:
        from ..near import near_page

        return near_page(self, request)

    @path("flux/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import atom_feed

        return atom_feed(self, request)
