"""The sheet of an initiative: what it wants, for whom, with whom, what came of it, what to take up."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from accounts.moderation import Moderated
from cms.blocks.data import KeyFigureBlock
from cms.blocks.media import PictureBlock
from cms.fields import StreamField
from cms.models import BasePage
from cms.page_forms import FreshRevisionForm

from ..blocks import (
    ActorBlock,
    BearerBlock,
    FundingBlock,
    SheetContactBlock,
    SheetFileBlock,
    SourceBlock,
)

_YEARS = [MinValueValidator(1980), MaxValueValidator(2100)]
_MONTHS = [MinValueValidator(1), MaxValueValidator(12)]
_LINES = _("Plain text: an empty line starts a paragraph, a line that starts with “- ” is a list.")


class State(models.TextChoices):
    """Where an initiative is in its life. Empty: the source does not say."""

    EXPERIMENT = "experiment", _("experiment")
    RUNNING = "running", _("running")
    REPLICATED = "replicated", _("taken up elsewhere")
    STOPPED = "stopped", _("stopped")


class CostPeriod(models.TextChoices):
    ONCE = "once", _("in all")
    YEAR = "year", _("a year")
    MONTH = "month", _("a month")


class ProjectSheetPage(Moderated, BasePage):
    """An initiative. Everything but its title may be missing from a draft."""

    objectives = models.TextField(_("objectives"), blank=True, help_text=_LINES)
    actions = models.TextField(_("actions"), blank=True)
    results = models.TextField(_("results"), blank=True)
    reuse = models.TextField(_("what to reuse elsewhere"), blank=True)

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, blank=True, db_index=True
    )
    state_note = models.CharField(
        _("as of when, or by whom it was taken up"), max_length=200, blank=True
    )
    stop_reason = models.TextField(
        _("why it was stopped"), blank=True, help_text=_("What others may learn from it.")
    )
    start_year = models.PositiveSmallIntegerField(
        _("year of the start"), null=True, blank=True, validators=_YEARS
    )
    start_month = models.PositiveSmallIntegerField(
        _("month of the start"), null=True, blank=True, validators=_MONTHS
    )
    end_year = models.PositiveSmallIntegerField(
        _("year of the end"), null=True, blank=True, validators=_YEARS
    )
    end_month = models.PositiveSmallIntegerField(
        _("month of the end"), null=True, blank=True, validators=_MONTHS
    )

    cost = models.PositiveIntegerField(_("cost in euros"), null=True, blank=True)
    cost_period = models.CharField(
        _("for"), max_length=5, choices=CostPeriod.choices, default=CostPeriod.ONCE
    )
    cost_note = models.CharField(
        _("about the cost"),
        max_length=200,
        blank=True,
        help_text=_("What it covers, and its year."),
    )

    bearers = StreamField([("bearer", BearerBlock())], verbose_name=_("other bearers"), blank=True)
    actors = StreamField([("actor", ActorBlock())], verbose_name=_("actors involved"), blank=True)
    figures = StreamField(
        [("figure", KeyFigureBlock())], verbose_name=_("key figures"), blank=True, max_num=8
    )
    fundings = StreamField([("funding", FundingBlock())], verbose_name=_("funding"), blank=True)
    contacts = StreamField(
        [("contact", SheetContactBlock())], verbose_name=_("contacts"), blank=True, max_num=5
    )
    pictures = StreamField(
        [("picture", PictureBlock())], verbose_name=_("pictures"), blank=True, max_num=12
    )
    files = StreamField(
        [("file", SheetFileBlock())], verbose_name=_("files"), blank=True, max_num=12
    )
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)

    maisons = ParentalManyToManyField(
        "maisons.Maison", verbose_name=_("Maisons"), blank=True, related_name="initiatives"
    )
    departments = ParentalManyToManyField(
        "cms.Department", verbose_name=_("departments"), blank=True, related_name="initiatives"
    )
    operators = ParentalManyToManyField(
        "maisons.Operator", verbose_name=_("operators"), blank=True, related_name="initiatives"
    )
    audiences = ParentalManyToManyField(
        "initiatives.Audience", verbose_name=_("publics"), blank=True, related_name="initiatives"
    )
    contributed_by = models.ForeignKey(
        "maisons.Maison",
        verbose_name=_("Maison that keeps it up to date"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributed_initiatives",
        help_text=_("Its agents and managers may change the sheet; each change is moderated."),
    )
    is_fictitious = models.BooleanField(_("fictitious"), default=False)

    personal_data_retention = _("Contacts are those of organisations, as long as the sheet.")
    base_form_class = FreshRevisionForm
    parent_page_types = ["initiatives.InitiativesIndexPage"]
    subpage_types: list[str] = []
    template = "initiatives/sheet_page.html"
    embed_template = "initiatives/embed.html"

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("objectives"),
                FieldPanel("actions"),
                FieldPanel("results"),
                FieldPanel("reuse"),
            ],
            heading=_("The project"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("state"), FieldPanel("state_note")]),
                FieldPanel("stop_reason"),
                FieldRowPanel([FieldPanel("start_year"), FieldPanel("start_month")]),
                FieldRowPanel([FieldPanel("end_year"), FieldPanel("end_month")]),
            ],
            heading=_("Its life"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("maisons"),
                FieldPanel("departments"),
                FieldPanel("operators"),
                FieldPanel("audiences"),
                FieldPanel("contributed_by"),
                FieldPanel("is_fictitious"),
            ],
            heading=_("Who and where"),
        ),
        FieldPanel("bearers"),
        FieldPanel("actors"),
        FieldPanel("figures"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_period")]),
                FieldPanel("cost_note"),
                FieldPanel("fundings"),
            ],
            heading=_("Cost and funding"),
        ),
        FieldPanel("contacts"),
        FieldPanel("pictures"),
        FieldPanel("files"),
        FieldPanel("sources"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("actions"),
        index.SearchField("results"),
        index.SearchField("reuse"),
        index.SearchField("places", boost=2),
    ]

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.start_month and not self.start_year:
            errors["start_year"] = _("A month needs its year.")
        if self.end_month and not self.end_year:
            errors["end_year"] = _("A month needs its year.")
        if self.start_year and self.end_year and self._end() < self._start():
            errors["end_year"] = _("It cannot end before it starts.")
        if errors:
            raise ValidationError(errors)

    def _start(self) -> tuple[int, int]:
        return self.start_year or 0, self.start_month or 1

    def _end(self) -> tuple[int, int]:
        return self.end_year or 0, self.end_month or 12

    @cached_property
    def theme_list(self) -> list[Any]:
        return list(self.themes.all())

    @cached_property
    def department_list(self) -> list[Any]:
        return list(self.departments.all())

    @cached_property
    def audience_list(self) -> list[Any]:
        return list(self.audiences.all())

    @cached_property
    def places(self) -> str:
        """Names under which people look for it: its Maisons, their communes, its departments."""
        maisons = self.maisons.all().select_related("commune") if self.pk else []
        names = [name for maison in maisons for name in (maison.name, maison.commune.name)]
        names += [department.name for department in (self.departments.all() if self.pk else [])]
        return ", ".join(names)

    @property
    def period(self) -> str:
        from ..text import period

        return period(self)

    def get_author_url(self) -> str:
        """Where its authors follow it through moderation."""
        return reverse("initiatives:edit", args=[self.translation_key])

    def get_authors(self) -> list[Any]:
        """Whom moderation tells, beside the owner: the people of the Maison that keeps the sheet."""
        from ..contributing import authors_of

        return authors_of(self)

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import sheet_data

        return [sheet_data(self, request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import sheet_context

        context = super().get_context(request, *args, **kwargs)
        return context | sheet_context(self, request)

    def get_embed_context(self, request: HttpRequest | None) -> dict[str, Any]:
        from ..reading import embed_context

        return super().get_embed_context(request) | embed_context(self, request)
