"""An article of an issue."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage

from ..forms import ArticleForm
from .sections import Section
from .whole import PublishedWithItsIssue

__all__ = ["ArticlePage", "Section"]


class ArticlePage(PublishedWithItsIssue, BasePage):
    """An article, child of its issue. `section` and `position` are what readers see; what editors
    arrange is its `Placement`."""

    grows_old = False

    section = models.CharField(
        _("section"), max_length=20, choices=Section.choices, default=Section.ACTORS
    )
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)
    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A short label above the title.")
    )
    authors = models.CharField(_("authors"), max_length=255, blank=True)
    departments = ParentalManyToManyField(
        "cms.Department", verbose_name=_("departments"), blank=True, related_name="+"
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    reading_minutes = models.PositiveSmallIntegerField(
        _("reading time in minutes"), default=1, editable=False
    )

    base_form_class = ArticleForm
    parent_page_types = ["bulletin.IssuePage"]
    subpage_types: list[str] = []
    template = "bulletin/article_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("section"),
                FieldPanel("kicker"),
                FieldPanel("authors"),
                FieldPanel("departments"),
            ],
            heading=_("In the issue"),
        ),
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("kicker"),
        index.FilterField("section"),
    ]

    # Among results of everything, "Article" alone does not say of what.
    search_label = (_("Article of the Bulletin"), _("Articles of the Bulletin"))

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def hero(self) -> Any:
        return self.listing_image

    @property
    def section_label(self) -> str:
        return self.kicker or self.get_section_display()

    @cached_property
    def issue(self) -> Any:
        """The issue that holds this article."""
        from .issue import IssuePage

        issue = IssuePage.objects.select_related("locale").defer_streamfields()
        return issue.get(pk=self.pages_above()[-1].pk)

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import article_data

        return [article_data(self, self.issue, self.pages_above()[-2], request)]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        from ..reading import reading_minutes

        self.reading_minutes = reading_minutes(self)
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import article_context

        context = super().get_context(request, *args, **kwargs)
        context.update(article_context(self, request))
        return context
