"""Rows of a page (`InlinePanel`): what meetings, consultations and awards have in common."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from cms.blocks.text import RICH_TEXT_FEATURES

# Notes are numbered on the stream of the page: its rows have none.
ROW_TEXT_FEATURES = [name for name in RICH_TEXT_FEATURES if name != "footnotes"]


class Row(TranslatableMixin, Orderable):
    """A row that an editor arranges within its page, translated with it."""

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True


class RowWithin(Row):
    """A row of a row. Copying a page to another language, Wagtail gives the new language to the rows of
    the page alone (wagtail#14425): these follow the row that holds them."""

    # The name of the key to that row.
    within: ClassVar[str]

    class Meta(Row.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.locale = getattr(self, self.within).locale
        super().save(*args, **kwargs)


class SourcedFigure(Row):
    """A figure with its source and its date. Rows on one subject are the same thing counted by
    different sources: each is shown with its own, none is preferred in silence."""

    subject = models.CharField(
        _("what it counts"),
        max_length=160,
        help_text=_("Repeat it word for word on a second line when sources disagree."),
    )
    value = models.CharField(_("figure"), max_length=40)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)
    date = models.DateField(_("date of the figure"), null=True, blank=True)
    date_text = models.CharField(
        _("date in words"),
        max_length=80,
        blank=True,
        help_text=_("When the source gives no day: “early 2016”, “undated article”."),
    )

    panels = [
        FieldPanel("subject"),
        FieldPanel("value"),
        FieldPanel("source"),
        FieldPanel("source_url"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("date_text")]),
    ]

    class Meta(Row.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.value} {self.subject}"

    def clean(self) -> None:
        super().clean()
        if not self.date and not self.date_text:
            raise ValidationError(
                {"date": _("Give the date of the figure, or say in words that there is none.")}
            )


class MayBeFictitious(models.Model):
    """A page of the demonstration that tells of nothing real says so where it is read."""

    is_fictitious = models.BooleanField(
        _("fictitious"),
        default=False,
        help_text=_("Invented for the demonstration: readers are told so at the top of the page."),
    )

    class Meta:
        abstract = True
