"""Consultations: a question, how to take part, scenarios, what came of it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage

from .rows import ROW_TEXT_FEATURES, MayBeFictitious, Row, SourcedFigure

# What stands beside the pages of consultations (`newsroom.contribution_urls`).
RESERVED_SLUGS = {"contribution", "mes-contributions"}


class ConsultationIndexPage(BasePage):
    """The consultations: open ones first."""

    subpage_types = ["newsroom.ConsultationPage"]
    max_count_per_parent = 1
    template = "newsroom/consultation_index_page.html"

    class Meta:
        verbose_name = _("consultations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..consultations import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class ConsultationPage(MayBeFictitious, BasePage):
    """A question put to the network. `takes_contributions` is off for one that was held elsewhere
    and is told here."""

    grows_old = False

    class State(models.TextChoices):
        UPCOMING = "upcoming", _("Opens soon")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed, outcome to come")
        CONCLUDED = "concluded", _("Concluded")
        TOLD = "told", _("Held elsewhere")

    question = models.CharField(_("question"), max_length=255)
    takes_contributions = models.BooleanField(_("members contribute on this site"), default=True)
    opens_at = models.DateTimeField(_("opens on"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes on"), null=True, blank=True, db_index=True)
    when_text = models.CharField(
        _("date in words"),
        max_length=120,
        blank=True,
        help_text=_("For a consultation that was held elsewhere."),
    )
    how_to = RichTextField(_("how to take part"), blank=True, features=ROW_TEXT_FEATURES)
    body = StreamField(BodyStreamBlock(), verbose_name=_("why this question"), blank=True)
    outcome = StreamField(BodyStreamBlock(), verbose_name=_("outcome"), blank=True)
    outcome_on = models.DateField(_("date of the outcome"), null=True, blank=True)
    sources = RichTextField(_("sources"), blank=True, features=ROW_TEXT_FEATURES)

    parent_page_types = ["newsroom.ConsultationIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/consultation_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("question"),
        MultiFieldPanel(
            [
                FieldPanel("takes_contributions"),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldPanel("when_text"),
                FieldPanel("how_to"),
                FieldPanel("is_fictitious"),
            ],
            heading=_("Taking part"),
        ),
        FieldPanel("body"),
        InlinePanel("figures", label=_("Figure"), heading=_("Figures")),
        InlinePanel("steps", label=_("Step"), heading=_("Steps")),
        InlinePanel("scenarios", label=_("Scenario"), heading=_("Scenarios")),
        MultiFieldPanel([FieldPanel("outcome_on"), FieldPanel("outcome")], heading=_("Outcome")),
        InlinePanel("footnotes", label=_("Footnotes")),
        FieldPanel("sources"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("question"),
        index.SearchField("body"),
        index.SearchField("outcome"),
        index.RelatedFields("scenarios", [index.SearchField("title"), index.SearchField("text")]),
    ]

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def state_at(self, now: dt.datetime | None = None) -> "ConsultationPage.State":
        """Where the consultation stands: the clock and the outcome decide, nobody has to switch it."""
        now = now or timezone.now()
        if self.outcome_on and self.outcome_on <= timezone.localdate(now):
            return self.State.CONCLUDED
        if not self.takes_contributions:
            return self.State.TOLD
        if self.opens_at and now < self.opens_at:
            return self.State.UPCOMING
        if self.closes_at and now >= self.closes_at:
            return self.State.CLOSED
        return self.State.OPEN

    @property
    def state(self) -> "ConsultationPage.State":
        return self.state_at()

    @property
    def is_open(self) -> bool:
        return self.live and self.state == self.State.OPEN

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is taken by the site itself.")})
        if not self.takes_contributions:
            return
        if not self.opens_at or not self.closes_at:
            name = "closes_at" if self.opens_at else "opens_at"
            raise ValidationError({name: _("A consultation opens and closes on a date.")})
        if self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("It closes after it opens.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..consultations import consultation_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **consultation_context(self, request)}


class ConsultationFigure(SourcedFigure):
    consultation = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="figures")

    class Meta(SourcedFigure.Meta):
        verbose_name = _("figure of a consultation")
        verbose_name_plural = _("figures of consultations")


class ConsultationStep(Row):
    """A step of the way, from the question to what was done with the answers."""

    consultation = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="steps")
    when = models.CharField(
        _("when"), max_length=80, help_text=_("In words: “autumn 2016”, “7 July 2015”.")
    )
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True)

    panels = [FieldRowPanel([FieldPanel("when"), FieldPanel("title")]), FieldPanel("text")]

    class Meta(Row.Meta):
        verbose_name = _("step of a consultation")
        verbose_name_plural = _("steps of consultations")

    def __str__(self) -> str:
        return self.title


class Scenario(Row):
    """A possible future on which people give their view."""

    consultation = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="scenarios")
    title = models.CharField(_("title"), max_length=160)
    text = RichTextField(_("text"), features=ROW_TEXT_FEATURES)
    what_it_changes = models.CharField(_("what it would change"), max_length=300, blank=True)

    panels = [FieldPanel("title"), FieldPanel("text"), FieldPanel("what_it_changes")]

    class Meta(Row.Meta):
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")

    def __str__(self) -> str:
        return self.title
