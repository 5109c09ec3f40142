"""The catalogue: the seven national modules, and what operators propose."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Workflow
from wagtail.search import index

from accounts.moderation import Moderated
from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage
from maisons.operators.access import editors_of

from ..blocks import HalfDayBlock
from ..kinds import Level, ModuleKind, ModuleTheme
from ..module_form import ModuleForm

# What those alone change who keep the whole catalogue: not an operator's editors.
_CATALOGUE = "learning.change_trainingmodulepage"
TEXT = ["bold", "italic", "ol", "ul", "link"]


class CataloguePage(BasePage):
    """The training catalogue: modules by theme and level, and the sessions to come."""

    subpage_types = [
        "learning.TrainingModulePage",
        "learning.LearningPathPage",
        "learning.WebinarPage",
    ]
    max_count_per_parent = 1
    template = "learning/catalogue.html"

    class Meta:
        verbose_name = _("training catalogue")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import catalogue_context

        context = super().get_context(request, *args, **kwargs) | catalogue_context(self, request)
        form = context["listing"].form
        if form.query() or form.errors:
            context["page_meta"].robots = context["page_meta"].robots or "noindex, follow"
        return context


class TrainingModulePage(Moderated, BasePage):
    """A module: what one learns, for whom, half-day by half-day. Its sessions are rows.

    Those of the national catalogue are under it; those of an operator are under its page, written by
    its own editors and moderated (`learning.operator_trainings`).
    """

    Kind, ModuleTheme, Level = ModuleKind, ModuleTheme, Level

    kind = models.CharField(
        _("kind"), max_length=12, choices=ModuleKind.choices, default=ModuleKind.NATIONAL
    )
    operator = models.ForeignKey(
        "maisons.Operator",
        verbose_name=_("operator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who gives it, when it is not the national team."),
    )
    module_theme = models.CharField(
        _("theme of the catalogue"), max_length=12, choices=ModuleTheme.choices, blank=True
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, blank=True)
    order = models.PositiveSmallIntegerField(_("order in the catalogue"), default=0)
    half_days = models.PositiveSmallIntegerField(_("duration in half-days"), default=2)
    objectives = RichTextField(_("objectives"), features=TEXT, blank=True)
    audience = models.TextField(_("for whom"), blank=True)
    prerequisites = models.TextField(_("prerequisites"), blank=True)
    programme = StreamField(
        [("half_day", HalfDayBlock())], verbose_name=_("programme by half-day"), blank=True
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("documents and further text"), blank=True)
    trainers = ParentalManyToManyField(
        "accounts.User",
        verbose_name=_("trainers"),
        blank=True,
        related_name="+",
        help_text=_("Shown to people who are signed in."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    is_fictitious = models.BooleanField(
        _("partly fictitious"),
        default=False,
        help_text=_("Details made up for the demonstration: the page says so."),
    )

    parent_page_types = ["learning.CataloguePage", "maisons.OperatorPage"]
    subpage_types: list[str] = []
    template = "learning/module_page.html"
    base_form_class = ModuleForm
    served_with = (*BasePage.served_with, "operator")
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("operator", permission=_CATALOGUE)]),
                FieldRowPanel([FieldPanel("module_theme"), FieldPanel("level")]),
                FieldRowPanel(
                    [FieldPanel("half_days"), FieldPanel("order", permission=_CATALOGUE)]
                ),
            ],
            heading=_("In the catalogue"),
        ),
        FieldPanel("objectives"),
        FieldPanel("audience"),
        FieldPanel("prerequisites"),
        FieldPanel("programme"),
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
        InlinePanel(
            "member_documents",
            label=_("Documents for members"),
            help_text=_("Those that the public reads are a block of the text above."),
        ),
        FieldPanel("trainers", permission=_CATALOGUE),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_date"), FieldPanel("is_fictitious")],
            heading=_("Where it comes from"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("audience"),
        index.SearchField("programme"),
        index.SearchField("body"),
    ]

    personal_data_retention = _("Trainers are named as long as the page says so.")

    class Meta:
        verbose_name = _("training module")
        verbose_name_plural = _("training modules")

    def get_workflow(self) -> Workflow | None:
        """What operators write is moderated; the editors of the catalogue publish."""
        return super().get_workflow() if self.kind != ModuleKind.NATIONAL else None

    def get_authors(self) -> list[Any]:
        """Those whom moderation tells of its decisions."""
        return list(editors_of(self.operator)) if self.operator else []

    def clean(self) -> None:
        super().clean()
        if self.kind != ModuleKind.NATIONAL and not self.operator_id:
            raise ValidationError({"operator": _("Say which operator gives it.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import module_context

        context = super().get_context(request, *args, **kwargs)
        return context | module_context(self, request)

    @property
    def duration_label(self) -> str:
        from ..words import half_days

        return half_days(self.half_days)
