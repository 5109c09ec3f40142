"""A path read from a file, checked and not yet written (`learning.authoring`)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.files import StoredFile, upload_to
from cms.models.media import PATH_LENGTH
from cms.storages import private_storage


class ImportState(models.TextChoices):
    READ = "read", _("Read, to be confirmed")
    REFUSED = "refused", _("Refused")
    WRITTEN = "written", _("Written")


class PathImport(StoredFile):
    """The file of a path, as it was sent, and what was found in it. Nobody but who sent it reads it."""

    kind = "path-imports"
    State = ImportState

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH
    )
    filename = models.CharField(_("name of the file"), max_length=255)
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
    created_at = models.DateTimeField(_("read on"), auto_now_add=True)

    personal_data_retention = _("Thirty days after the file was read.")

    class Meta:
        verbose_name = _("path read from a file")
        verbose_name_plural = _("paths read from files")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.filename
