"""Files that members added to a sheet: who of them may see them before the sheet is public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetUpload(models.Model):
    """A picture or a document that came through the form of a sheet."""

    sheet = models.ForeignKey(
        "initiatives.ProjectSheetPage", on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.CharField(_("kind"), max_length=16)
    file_id = models.PositiveBigIntegerField(_("file"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("date and time"), auto_now_add=True)

    personal_data_retention = _("As long as the sheet; anonymous once the account is erased.")

    class Meta:
        verbose_name = _("file sent")
        verbose_name_plural = _("files sent")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "kind", "file_id"], name="initiatives_upload_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id}"
