"""Paths (MOOC) as editors write them: chapters and units are pages, translated like pages.

What people do refers to none of these rows: `LearningPath` and `Unit` (`.progress`) are the identities
that stay when a page is translated, moved or deleted.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.fields import StreamField
from cms.models import BasePage

from ..kinds import Level, ModuleTheme
from ..paths.blocks import UnitContentBlock
from ..paths.kinds import CompletionRule
from ..paths.page_forms import LearningPathPageForm, UnitPageForm
from .catalogue import TEXT


def reads_units(user: Any) -> bool:
    """Whoever may follow a path, or look at it as a learner would."""
    return bool(user.has_perm("learning.follow_path") or user.has_perm("learning.preview_path"))


class LearningPathPage(BasePage):
    """A path: for whom, what one learns, its chapters. Anybody reads this page; its units are for members."""

    module_theme = models.CharField(
        _("theme of the catalogue"), max_length=12, choices=ModuleTheme.choices, blank=True
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True)
    objectives = RichTextField(_("objectives"), features=TEXT, blank=True)
    audience = models.TextField(_("for whom"), blank=True)
    module = models.ForeignKey(
        "learning.TrainingModulePage",
        verbose_name=_("module in person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Whoever was present at a session of it is enrolled when the session closes."),
    )
    needs = ParentalManyToManyField(
        "self",
        verbose_name=_("paths to complete before"),
        symmetrical=False,
        blank=True,
        related_name="+",
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("enrolment until"), null=True, blank=True)
    validity_months = models.PositiveSmallIntegerField(
        _("valid for (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("From the day it is completed. Empty: without end."),
    )
    renewal_days = models.PositiveSmallIntegerField(
        _("enrol again by itself (days before the end)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Empty: people are reminded and start again when they wish."),
    )
    is_fictitious = models.BooleanField(
        _("partly fictitious"),
        default=False,
        help_text=_("Details made up for the demonstration: the page says so."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    parent_page_types = ["learning.CataloguePage"]
    subpage_types = ["learning.ChapterPage"]
    template = "learning/paths/path_page.html"
    base_form_class = LearningPathPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("objectives"),
        FieldPanel("audience"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("module_theme"), FieldPanel("level")]),
                FieldPanel("module"),
                FieldPanel("needs", widget=CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldRowPanel([FieldPanel("validity_months"), FieldPanel("renewal_days")]),
            ],
            heading=_("In the catalogue"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_date"), FieldPanel("is_fictitious")],
            heading=_("Where it comes from"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("audience"),
    ]

    class Meta:
        verbose_name = _("path")
        verbose_name_plural = _("paths")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..paths.reading import path_context

        context = super().get_context(request, *args, **kwargs)
        return context | path_context(self, request)


class ChapterPage(BasePage):
    """A chapter: a title over its units. It has no address of its own worth a visit."""

    parent_page_types = ["learning.LearningPathPage"]
    subpage_types = ["learning.UnitPage"]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from django.shortcuts import redirect

        return redirect(self.get_parent().specific.get_url(request) or "/")


class UnitPage(BasePage):
    """A unit: one thing to read, watch or do, and when it counts as done."""

    Rule = CompletionRule
    files_admit = staticmethod(reads_units)

    content = StreamField(UnitContentBlock(min_num=1, max_num=1), verbose_name=_("content"))
    act = models.TextField(
        _("at the counter"),
        blank=True,
        help_text=_("What to try with the next visitor. A unit ends in an act."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("estimated time (minutes)"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    required = models.BooleanField(
        _("required"), default=True, help_text=_("Optional units count in no percentage.")
    )
    rule = models.CharField(
        _("done when"),
        max_length=8,
        choices=CompletionRule.choices,
        default=CompletionRule.MARKED,
    )
    threshold = models.PositiveSmallIntegerField(
        _("threshold"),
        default=0,
        help_text=_("Minutes spent; or the share, in per cent, of the score or of the recording."),
    )
    needs = ParentalManyToManyField(
        "self",
        verbose_name=_("units to do before"),
        symmetrical=False,
        blank=True,
        related_name="+",
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)

    parent_page_types = ["learning.ChapterPage"]
    subpage_types: list[str] = []
    base_form_class = UnitPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("content"),
        FieldPanel("act"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("minutes"), FieldPanel("required")]),
                FieldRowPanel([FieldPanel("rule"), FieldPanel("threshold")]),
                FieldPanel("needs", widget=CheckboxSelectMultiple),
                FieldPanel("opens_on"),
            ],
            heading=_("In the path"),
        ),
    ]

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    @property
    def kind(self) -> str:
        """The code of its type: that of its one block."""
        return self.content[0].block_type if self.content else ""

    @property
    def recording_length(self) -> float:
        """Seconds of its recording; 0 where there is none."""
        from ..paths.unit_types import find

        kind = find(self.kind)
        return kind.length(self.content[0].value) if kind else 0.0

    def clean(self) -> None:
        from ..paths.unit_types import find

        super().clean()
        kind = find(self.kind)
        if kind is not None and self.rule not in kind.rules:
            allowed = ", ".join(str(CompletionRule(code).label) for code in kind.rules)
            raise ValidationError(
                {
                    "rule": _("Such a unit is done when: %(allowed)s.") % {"allowed": allowed},
                }
            )
        if self.rule in CompletionRule.shares() and not 1 <= self.threshold <= 100:
            raise ValidationError({"threshold": _("Give a share between 1 and 100.")})
        if self.rule == CompletionRule.TIME and self.threshold < 1:
            raise ValidationError({"threshold": _("Give a number of minutes.")})
        if self.rule == CompletionRule.PLAYED and not self.recording_length:
            raise ValidationError(
                {"rule": _("The recording has no duration: add it to the recording first.")}
            )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Units are followed in the learner's room, where progress is kept."""
        from django.shortcuts import redirect
        from django.urls import reverse

        path = self.get_parent().get_parent()
        return redirect(reverse("learning:unit", args=[path.translation_key, self.translation_key]))
