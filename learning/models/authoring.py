"""A path read from a file, checked and not yet written (`learning.authoring`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.files import StoredFile, upload_to
from cms.models.media import PATH_LENGTH
from cms.storages import private_storage

from .base import ImportBatch


class ImportState(models.TextChoices):
    READ = "read", _("Read, to be confirmed")
    REFUSED = "refused", _("Refused")
    WRITTEN = "written", _("Written")


class PathImport(StoredFile, ImportBatch):
    """The file of a path, as it was sent, and what was found in it. Nobody but who sent it reads it."""

    kind = "path-imports"
    State = ImportState

    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices)
    # What was found: [{"level": "error" | "warning", "place": "…", "text": "…"}].
    findings = models.JSONField(_("findings"), default=list)
    # What it holds, in figures: {"chapters": 4, "units": 14, …}.
    holds = models.JSONField(_("what it holds"), default=dict)
    page = models.ForeignKey(
        "learning.LearningPathPage",
        verbose_name=_("path"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(ImportBatch.Meta):
        verbose_name = _("path read from a file")
        verbose_name_plural = _("paths read from files")
