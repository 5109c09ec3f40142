"""Awards: an edition, its calendar, its jury, its categories and their laureates."""

from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage

from .rows import ROW_TEXT_FEATURES, MayBeFictitious, Row, RowWithin


class AwardIndexPage(BasePage):
    """The prize: what it rewards, and its editions."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    subpage_types = ["newsroom.AwardEditionPage"]
    max_count_per_parent = 1
    template = "newsroom/award_index_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("prize")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..awards import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class AwardEditionPage(MayBeFictitious, BasePage):
    """One edition of the prize."""

    grows_old = False

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2010), MaxValueValidator(2100)], db_index=True
    )
    opens_on = models.DateField(_("applications from"), null=True, blank=True)
    closes_on = models.DateField(_("applications until"), null=True, blank=True)
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    rules = RichTextField(_("how to apply"), blank=True, features=ROW_TEXT_FEATURES)
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["newsroom.AwardIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/award_edition_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("awarded_on")]),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("place"),
                FieldPanel("is_fictitious"),
            ],
            heading=_("Edition"),
        ),
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
        FieldPanel("rules"),
        InlinePanel("categories", label=_("Category"), heading=_("Categories and laureates")),
        InlinePanel("jury", label=_("Member of the jury"), heading=_("Jury")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("categories", [index.SearchField("title")]),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("edition of the prize")
        verbose_name_plural = _("editions of the prize")

    def clean(self) -> None:
        super().clean()
        days = [
            (name, day)
            for name in ("opens_on", "closes_on", "awarded_on")
            if (day := getattr(self, name))
        ]
        for (_before, first), (name, second) in pairwise(days):
            if second < first:
                raise ValidationError({name: _("This date comes after the one before it.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..awards import edition_context

        return {**super().get_context(request, *args, **kwargs), **edition_context(self, request)}


class JuryMember(Row):
    """Who judges: a role, and a name for who holds public office."""

    edition = ParentalKey(AwardEditionPage, on_delete=models.CASCADE, related_name="jury")
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("Only for who holds public office; others are named by their role."),
    )
    role = models.CharField(_("role"), max_length=200)
    chairs = models.BooleanField(_("chairs the jury"), default=False)

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("chairs")]
    personal_data_retention = _("As long as the page: public office, or a role without a name.")

    class Meta(Row.Meta):
        verbose_name = _("member of the jury")
        verbose_name_plural = _("members of the jury")

    def __str__(self) -> str:
        return self.name or self.role


class AwardCategory(Row, ClusterableModel):
    """What is rewarded; its laureates are below."""

    edition = ParentalKey(AwardEditionPage, on_delete=models.CASCADE, related_name="categories")
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what it rewards"), blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        InlinePanel("laureates", label=_("Laureate"), heading=_("Laureates")),
    ]

    class Meta(Row.Meta):
        verbose_name = _("category of the prize")
        verbose_name_plural = _("categories of the prize")

    def __str__(self) -> str:
        return self.title


class Laureate(RowWithin):
    """A project that was rewarded, linked to its sheet."""

    within = "category"

    class Distinction(models.TextChoices):
        PRIZE = "prize", _("Prize")
        MENTION = "mention", _("Special mention")

    category = ParentalKey(AwardCategory, on_delete=models.CASCADE, related_name="laureates")
    distinction = models.CharField(
        _("distinction"), max_length=8, choices=Distinction.choices, default=Distinction.PRIZE
    )
    title = models.CharField(_("project"), max_length=200)
    bearer = models.CharField(_("carried by"), max_length=200, blank=True)
    department = models.ForeignKey(
        "cms.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("why it was chosen"), blank=True)
    page = models.ForeignKey(
        BasePage,
        verbose_name=_("project sheet"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("distinction"),
        FieldPanel("title"),
        FieldPanel("bearer"),
        FieldPanel("department"),
        FieldPanel("text"),
        FieldPanel("page"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("laureate")
        verbose_name_plural = _("laureates")

    def __str__(self) -> str:
        return self.title
