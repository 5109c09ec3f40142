"""Pages of the operators and partners, which their own editors write, and their news."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from accounts.moderation import Moderated
from cms import registry
from cms.blocks import BodyStreamBlock
from cms.blocks.media import DocumentsBlock
from cms.fields import StreamField
from cms.models import BasePage

from ..blocks import DigitalServiceStreamBlock, OfferStreamBlock, UsefulLinkStreamBlock
from .organisations import Operator, Sourced

# What the national team alone changes on the page of an operator.
_NATIONAL = "maisons.change_operator"


class OperatorIndexPage(BasePage):
    """All the operators and partners."""

    max_count = 1
    subpage_types = ["maisons.OperatorPage"]
    template = "maisons/operators/index_page.html"

    class Meta:
        verbose_name = _("list of operators and partners")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..operators import reading

        context = super().get_context(request, *args, **kwargs)
        return context | reading.index_context(self, request)


class OperatorPage(Moderated, Sourced, BasePage):
    """What an operator or a partner does, in the Maisons and for them."""

    operator = models.OneToOneField(
        Operator,
        verbose_name=_("operator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="page",
        help_text=_("Empty for a partner that gives no service in the Maisons."),
    )
    role = models.CharField(
        _("role in the network"), max_length=160, blank=True, help_text=_("One line.")
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("mission"), blank=True)
    offer = StreamField(
        OfferStreamBlock(), verbose_name=_("services given in the Maisons"), blank=True
    )
    digital = StreamField(
        DigitalServiceStreamBlock(), verbose_name=_("digital services"), blank=True
    )
    links = StreamField(UsefulLinkStreamBlock(), verbose_name=_("useful links"), blank=True)
    documents = StreamField(
        [("documents", DocumentsBlock())], verbose_name=_("documents"), blank=True
    )

    parent_page_types = ["maisons.OperatorIndexPage"]
    subpage_types = ["maisons.OperatorNewsPage"]
    template = "maisons/operators/operator_page.html"
    served_with = (*BasePage.served_with, "operator")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("operator", permission=_NATIONAL),
        FieldPanel("role"),
        FieldPanel("body"),
        FieldPanel("offer"),
        FieldPanel("digital"),
        FieldPanel("links"),
        FieldPanel("documents"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")])],
            heading=_("Where this is known from"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("role"),
        index.SearchField("body"),
        index.SearchField("offer"),
        index.SearchField("digital"),
    ]

    class Meta:
        verbose_name = _("page of an operator")
        verbose_name_plural = _("pages of operators")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        from ..operators import access

        saved = super().save(*args, **kwargs)
        access.open_to_editors(self)
        return saved

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Its news, and what other apps let its editors write under it (their trainings)."""
        given = [model for give in registry.operator_pages for model in give()]
        return [*super().clean_subpage_models(), *given]

    @property
    def maisons_url(self) -> str:
        """The Maisons that offer its services."""
        code = self.operator.code if self.operator else ""
        return f"{reverse('maisons:list')}?operateur={code}"

    def get_authors(self) -> list[Any]:
        """Those whom moderation tells of its decisions."""
        from ..operators import access

        return list(access.editors_of(self.operator)) if self.operator else []

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        data = {"@context": "https://schema.org", "@type": "GovernmentOrganization"}
        if self.operator and self.operator.url:
            data["url"] = self.operator.url
        return [data | {"name": self.title, "description": self.summary}]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..operators import reading

        context = super().get_context(request, *args, **kwargs)
        return context | reading.operator_context(self, request)


class OperatorNewsPage(Moderated, BasePage):
    """Something new at an operator, written by its editors."""

    grows_old = False

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["maisons.OperatorPage"]
    subpage_types: list[str] = []
    template = "maisons/operators/news_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("display_date"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("themes")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("news of an operator")
        verbose_name_plural = _("news of operators")

    def get_authors(self) -> list[Any]:
        parent = self.get_parent()
        page = parent.specific if parent else None
        return page.get_authors() if isinstance(page, OperatorPage) else []

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "description": self.summary,
        }
        if self.display_date:
            data["datePublished"] = self.display_date.isoformat()
        return [data]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..operators import reading

        context = super().get_context(request, *args, **kwargs)
        return context | reading.news_context(self, request)
