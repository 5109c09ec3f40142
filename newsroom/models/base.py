"""What the pages of this app have in common: a body, operators, a source; and what lists them."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db import models
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.listings import FilterForm, narrow
from cms.models import BasePage
from cms.queries import with_cards
from cms.templatetags.theme_tags import day


class NewsroomPage(BasePage):
    """A page that says something of the network, where it comes from, and which operators it names."""

    grows_old = False

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    operators = ParentalManyToManyField(
        "maisons.Operator",
        verbose_name=_("operators"),
        blank=True,
        related_name="+",
        help_text=_("Those that it is about: lists are filtered by them."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    month_only = models.BooleanField(
        _("only the month is known"),
        default=False,
        help_text=_("The date is then shown without its day."),
    )
    is_fictitious = models.BooleanField(
        _("fictitious"),
        default=False,
        help_text=_("Made up for the demonstration: the page and the lists say so."),
    )

    source_panel: ClassVar[Any] = MultiFieldPanel(
        [
            FieldPanel("source"),
            FieldRowPanel([FieldPanel("source_date"), FieldPanel("source_url")]),
            FieldPanel("is_fictitious"),
        ],
        heading=_("Where it comes from"),
    )
    body_panels: ClassVar[list[Any]] = [
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
    ]
    promote_panels = [*BasePage.promote_panels, FieldPanel("operators")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def dated(self) -> str:
        """Its date in words, as far as it is known."""
        if not self.display_date:
            return ""
        if self.month_only:
            return date_format(self.display_date, "F Y")
        return day(self.display_date)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import page_context

        context = super().get_context(request, *args, **kwargs)
        return context | page_context(self, request)


class ListingIndexPage(RoutablePageMixin, BasePage):
    """A page under which others stand: it lists them, narrowed by a form."""

    # Set by each: the form of the parameters, and how many entries a page shows.
    filter_form: ClassVar[type[FilterForm]]
    per_page: ClassVar[int] = 20

    max_count_per_parent = 1

    class Meta:
        abstract = True

    def entries(self, request: HttpRequest, form: FilterForm) -> Any:
        """What is listed, in order, limited to what this reader may see."""
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What a form sends empty leaves the address, which readers may keep."""
        asked = [(name, value) for name, values in request.GET.lists() for value in values]
        if any(not value for _name, value in asked):
            query = urlencode([row for row in asked if row[1]])
            return redirect(request.path + (f"?{query}" if query else ""))
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        form = self.filter_form(request.GET)
        listing = narrow(self.entries(request, form), form, show=with_cards, per_page=self.per_page)
        context["listing"] = listing
        if form.query() or form.errors:
            context["page_meta"].robots = context["page_meta"].robots or "noindex, follow"
        return context
