"""The files of an article, each with its versions: the newest is shown, the others stay reachable."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable


class ToolboxFile(ClusterableModel, Orderable):
    """Something to download, whatever its version."""

    article = ParentalKey(
        "toolbox.ToolboxArticlePage", on_delete=models.CASCADE, related_name="files"
    )
    title = models.CharField(_("title"), max_length=150)

    panels = [FieldPanel("title"), InlinePanel("versions", label=_("Version"), min_num=1)]

    class Meta(Orderable.Meta):
        verbose_name = _("file of the toolbox")
        verbose_name_plural = _("files of the toolbox")

    def __str__(self) -> str:
        return self.title


class FileVersion(Orderable):
    """One state of a file, on a date."""

    file = ParentalKey(ToolboxFile, on_delete=models.CASCADE, related_name="versions")
    document = models.ForeignKey(
        "cms.SiteDocument",
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    dated = models.DateField(_("date of this version"), default=dt.date.today)
    note = models.CharField(_("what changed"), max_length=200, blank=True)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("dated"), FieldPanel("note")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("version of a file")
        verbose_name_plural = _("versions of files")

    def __str__(self) -> str:
        return f"{self.file} ({self.dated})"

    @property
    def rank(self) -> tuple[Any, ...]:
        """Versions sort by it, the newest last: by date, then in the order of the editor."""
        return (self.dated, self.sort_order or 0, self.pk or 0)
