"""What happened to an issue, and which consumer has dealt with it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationEvent(models.Model):
    """An issue was published or unpublished: one row, written in the transaction that did it."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        UNPUBLISHED = "unpublished", _("Unpublished")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    # The row outlives the issue: it is a record of what readers saw and when.
    issue = models.ForeignKey(
        "bulletin.IssuePage", null=True, on_delete=models.SET_NULL, related_name="events"
    )
    issue_title = models.CharField(_("title of the issue"), max_length=255)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("date and time"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pages = models.PositiveIntegerField(_("number of pages"), default=0)

    personal_data_retention = _("As long as the issue; anonymous once the account is erased.")

    class Meta:
        verbose_name = _("publication event")
        verbose_name_plural = _("publication events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.issue_title}: {self.get_kind_display()}"


class EventConsumption(models.Model):
    """A consumer has handled an event. The pair is unique: it cannot handle it twice."""

    event = models.ForeignKey(
        PublicationEvent, on_delete=models.CASCADE, related_name="consumptions"
    )
    consumer = models.CharField(_("consumer"), max_length=60)
    at = models.DateTimeField(_("date and time"), auto_now_add=True)

    class Meta:
        verbose_name = _("event handled")
        verbose_name_plural = _("events handled")
        constraints = [
            models.UniqueConstraint(fields=["event", "consumer"], name="bulletin_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.event_id}"
