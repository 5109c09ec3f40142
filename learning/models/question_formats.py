"""Questions read from a file, shown one by one before they enter the bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.files import StoredFile, upload_to
from cms.models.media import PATH_LENGTH
from cms.storages import private_storage

from ..question_formats.found import Verdict
from .authoring import ImportState
from .base import ImportBatch


class QuestionImport(StoredFile, ImportBatch):
    """A file of questions, read and checked; `written` once its questions are in the bank."""

    kind = "question-imports"
    State = ImportState

    class Format(models.TextChoices):
        MOODLE = "moodle", _("Moodle XML")
        GIFT = "gift", _("GIFT")

    # As it was sent, when it holds pictures; nobody reads it but the import itself.
    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH, blank=True
    )
    format = models.CharField(_("format"), max_length=8, choices=Format.choices)
    theme = models.CharField(_("theme of the bank"), max_length=100, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ImportState.choices, default=ImportState.READ
    )

    class Meta(ImportBatch.Meta):
        verbose_name = _("questions read from a file")
        verbose_name_plural = _("questions read from files")


class QuestionImportRow(models.Model):
    """One question of the file: what it becomes here, and what of it is lost."""

    Verdict = Verdict

    batch = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(_("position"))
    line = models.PositiveIntegerField(_("line"), default=0)
    type = models.CharField(_("type in the file"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=255, blank=True)
    category = models.CharField(_("category"), max_length=500, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    # What is lost, or why it is refused, sentence by sentence.
    reasons = models.JSONField(_("why"), default=list)
    # What the bank will hold (`learning.quizzes.content`); empty for what is refused.
    content = models.JSONField(_("question"), default=dict)

    personal_data_retention = _("As the file that holds it.")

    class Meta:
        verbose_name = _("question read from a file")
        verbose_name_plural = _("questions read from a file")
        ordering = ["position", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="imported_question_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.name}"
