"""Rows by which the platform runs itself: mail waiting, heartbeats, jobs, content version."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """An e-mail, written in the transaction that calls for it and sent by the worker."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("key"), max_length=200, unique=True)
    to = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    # An iCalendar object for the reader's calendar (RFC 6047), and its METHOD.
    calendar = models.TextField(_("calendar part"), blank=True)
    calendar_method = models.CharField(_("method of the calendar part"), max_length=10, blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    # Read by the house check on personal data (`docs/personal-data.md`).
    personal_data_retention = _("Erased 90 days after sending.")

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class Heartbeat(models.Model):
    """When a process (worker, tick) last said that it was alive."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"


class JobRun(models.Model):
    """The last run of a periodic job: claimed in one transaction, so that it never runs twice."""

    name = models.CharField(_("job"), max_length=80, unique=True)
    claimed_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")

    def __str__(self) -> str:
        return self.name


class ContentVersion(models.Model):
    """One row, raised in each transaction that changes what readers see: the page cache's key."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("content version")

    def __str__(self) -> str:
        return str(self.number)


class BinEntry(models.Model):
    """Something that was deleted and can still come back, for thirty days."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    label = models.CharField(_("what it is"), max_length=255)
    object_id = models.CharField(max_length=64)
    payload = models.JSONField(default=dict)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deleted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deleted_at = models.DateTimeField(_("deleted at"), auto_now_add=True, db_index=True)

    personal_data_retention = _("Emptied 30 days after deletion.")

    class Meta:
        verbose_name = _("deleted item")
        verbose_name_plural = _("bin")
        ordering = ["-deleted_at"]

    def __str__(self) -> str:
        return self.label


class ExportFile(models.Model):
    """An export too long to be streamed, made by the worker and kept for seven days."""

    class State(models.TextChoices):
        WAITING = "waiting", _("In preparation")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    export = models.CharField(_("export"), max_length=80)
    format = models.CharField(_("format"), max_length=4)
    filters = models.JSONField(_("filters"), default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    path = models.CharField(_("file"), max_length=255, blank=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    personal_data_retention = _("Erased after 7 days.")

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.export} ({self.format})"
