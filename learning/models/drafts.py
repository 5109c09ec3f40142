"""Text that saves itself while somebody writes (`learning.drafts` changes it)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptText(models.Model):
    """`revision` grows with each change, so that a tab which holds an older one cannot overwrite a newer
    one; `last_key` names the last change, so that sent twice it is one."""

    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    last_key = models.UUIDField(null=True, editable=False)
    saved_at = models.DateTimeField(_("saved on"), null=True, editable=False)

    class Meta:
        abstract = True
