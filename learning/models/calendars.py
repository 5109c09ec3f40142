"""What calendars were told of a session, and the personal calendar."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import AppendOnlyModel
from .registrations import Registration
from .sessions import SessionDate


class CalendarTold(AppendOnlyModel):
    """One calendar mail: what the calendar of one person was told of one date (RFC 5546).

    The sequence rises for each person and date, across registrations that end and start again:
    a calendar ignores what is older than what it holds.
    """

    class Method(models.TextChoices):
        REQUEST = "REQUEST", _("Invitation")
        CANCEL = "CANCEL", _("Cancellation")

    registration = models.ForeignKey(
        Registration,
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        related_name="calendar_told",
    )
    date = models.ForeignKey(
        SessionDate, verbose_name=_("date"), on_delete=models.PROTECT, related_name="told"
    )
    method = models.CharField(_("method"), max_length=7, choices=Method.choices)
    sequence = models.PositiveIntegerField(_("sequence"))
    # A digest of what was shown: nothing is sent again while it stays the same.
    fingerprint = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As the registration.")

    class Meta:
        verbose_name = _("calendar mail")
        verbose_name_plural = _("calendar mails")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "date", "sequence"], name="calendar_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"


class CalendarFeed(models.Model):
    """The address at which a person's calendar reads their sessions.

    The secret part of the address is no column: it is derived from `uuid` and `generation` with
    the site's key (`learning.calendars.tokens`). Raising the generation ends the former address.
    """

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )
    generation = models.PositiveIntegerField(default=1, editable=False)
    active = models.BooleanField(_("active"), default=True)
    changed_at = models.DateTimeField(_("address made on"), default=timezone.now)

    personal_data_retention = _("As long as the account.")

    class Meta:
        verbose_name = _("personal calendar")
        verbose_name_plural = _("personal calendars")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)
