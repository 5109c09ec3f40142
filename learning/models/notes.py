"""What somebody notes for themselves while they learn."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .drafts import KeptText


class UnitNoteQuerySet(models.QuerySet["UnitNote"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own: nobody else ever reads a note. What was deleted is left out."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(user=user, deleted_at=None)


class UnitNote(KeptText):
    """The note of one person on one unit, whatever the round or the version."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="unit_notes",
    )
    unit = models.ForeignKey(
        "learning.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    # Without case nor accents: what the search looks into.
    folded = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UnitNoteQuerySet.as_manager()

    personal_data_retention = _("As long as the account; deleted, 30 days.")

    class Meta:
        verbose_name = _("personal note")
        verbose_name_plural = _("personal notes")
        ordering = ["-saved_at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="note_once_a_unit")]

    def __str__(self) -> str:
        # No word of it: it would stand in logs.
        return str(self.uuid)
