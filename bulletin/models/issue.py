"""An issue of the Bulletin: what its editors write, and its articles as children."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from cms.blocks import BodyStreamBlock, StructBlock
from cms.blocks.links import ContactBlock
from cms.fields import StreamField
from cms.models import BasePage

from .whole import PublishedWithItsIssue


class CreditBlock(StructBlock):
    role = blocks.CharBlock(label=_("Role"), max_length=80)
    name = blocks.CharBlock(label=_("Name"))

    class Meta:
        label = _("Credit")
        icon = "user"


class IssuePage(PublishedWithItsIssue, BasePage):
    """An issue: cover, editorial, lead, contents. Its summary and cover are those of any page."""

    grows_old = False

    class Season(models.TextChoices):
        SPRING = "spring", _("spring")
        SUMMER = "summer", _("summer")
        AUTUMN = "autumn", _("autumn")
        WINTER = "winter", _("winter")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular issue")
        SPECIAL = "special", _("Special edition")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.REGULAR)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("A special edition may have none.")
    )
    season = models.CharField(_("season"), max_length=6, choices=Season.choices)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2010), MaxValueValidator(2100)]
    )
    editorial_title = models.CharField(_("title of the editorial"), max_length=255, blank=True)
    editorial_author = models.CharField(_("author of the editorial"), max_length=255, blank=True)
    editorial_body = StreamField(
        BodyStreamBlock(), verbose_name=pgettext_lazy("noun", "editorial"), blank=True
    )
    lead_title = models.CharField(_("title of the lead"), max_length=255, blank=True)
    lead_body = StreamField(BodyStreamBlock(), verbose_name=_("lead"), blank=True)
    contact = StreamField(
        [("contact", ContactBlock())], verbose_name=_("contact"), blank=True, max_num=1
    )
    credits = StreamField([("credit", CreditBlock())], verbose_name=_("credits"), blank=True)

    parent_page_types = ["bulletin.BulletinIndexPage"]
    subpage_types = ["bulletin.ArticlePage"]
    template = "bulletin/issue_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("season"), FieldPanel("year")]),
            ],
            heading=_("Issue"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("editorial_title"),
                FieldPanel("editorial_author"),
                FieldPanel("editorial_body"),
            ],
            heading=_("Editorial"),
        ),
        MultiFieldPanel([FieldPanel("lead_title"), FieldPanel("lead_body")], heading=_("Lead")),
        InlinePanel("footnotes", label=_("Footnotes")),
        FieldPanel("contact"),
        FieldPanel("credits"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("editorial_body"),
        index.SearchField("lead_body"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("issue of the Bulletin")
        verbose_name_plural = _("issues of the Bulletin")

    @property
    def cover(self) -> Any:
        return self.listing_image

    @property
    def search_keywords(self) -> list[str]:
        """Its number is searched as often as its title."""
        return [f"Bulletin {self.label}"]

    @property
    def label(self) -> str:
        """« N° 2, automne 2016 » or « Édition spéciale, hiver 2016 »."""
        when = {"season": self.get_season_display(), "year": self.year}
        if self.number:
            return gettext("No. %(number)s, %(season)s %(year)s") % {"number": self.number, **when}
        return gettext("Special edition, %(season)s %(year)s") % when

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import issue_data

        return [issue_data(self, self.pages_above()[-1], request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import issue_context

        context = super().get_context(request, *args, **kwargs)
        context.update(issue_context(self, request))
        return context
