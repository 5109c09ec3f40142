"""Figures of the network that anybody may reuse: each with its source and its date."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage
from cms.queries import section_links
from cms.templatetags.theme_tags import moment


class Figure(RevisionMixin, models.Model):
    """One number, what it counts, when, and who said it."""

    class Precision(models.TextChoices):
        YEAR = "year", _("Year")
        MONTH = "month", _("Month")
        DAY = "day", _("Day")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    subject = models.CharField(_("subject"), max_length=80)
    label = models.CharField(_("what it counts"), max_length=255)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    approximate = models.BooleanField(
        _("“about”"), default=False, help_text=_("The source says “about” or “more than”.")
    )
    date = models.DateField(_("date"))
    precision = models.CharField(
        _("precision of the date"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
    )
    source = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), blank=True)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("When sources disagree, say so.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["order", "date", "code"]

    def __str__(self) -> str:
        return f"{self.label} ({self.when})"

    @property
    def when(self) -> str:
        return moment(self.date, self.precision)


class FiguresPage(BasePage):
    """The figures as a table, to read and to download."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("introduction"), blank=True)

    template = "home/figures.html"
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page of figures")
        verbose_name_plural = _("pages of figures")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..queries import figures_by_subject

        context = super().get_context(request, *args, **kwargs)
        return context | {
            "subjects": figures_by_subject(),
            "section_links": section_links(self, request),
        }
