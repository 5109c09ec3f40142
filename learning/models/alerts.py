"""Whoever asked to be told when a session opens near them."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SessionAlert(models.Model):
    """One wish: this module (or any) within a distance of a commune."""

    KEPT = dt.timedelta(days=365)

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="session_alerts",
    )
    module = models.ForeignKey(
        "learning.TrainingModulePage",
        verbose_name=_("module"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: any module."),
    )
    commune = models.ForeignKey(
        "cms.Commune", verbose_name=_("commune"), on_delete=models.PROTECT, related_name="+"
    )
    distance = models.PositiveSmallIntegerField(_("within (km)"))
    with_remote = models.BooleanField(_("remote sessions too"), default=True)
    # The box around the circle, in degrees: the database finds who may be concerned.
    south = models.FloatField(editable=False)
    north = models.FloatField(editable=False)
    west = models.FloatField(editable=False)
    east = models.FloatField(editable=False)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)

    personal_data_retention = _("Until the person takes it away, at most one year.")

    class Meta:
        verbose_name = _("alert about sessions")
        verbose_name_plural = _("alerts about sessions")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["south", "north"], name="alert_box"),
            models.Index(fields=["created_at"], name="alert_age"),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.commune} ({self.distance} km)"

    @property
    def what(self) -> str:
        """The module, in words."""
        return self.module.title if self.module else gettext("Any module")

    @property
    def ends_on(self) -> dt.date:
        """The day from which it no longer counts."""
        return (self.created_at + self.KEPT).date()
