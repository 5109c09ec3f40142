"""What running a session leaves: messages sent to those who come, lists of people read from a file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import KeptMessage
from .registrations import Registration
from .sessions import Session


class SessionMessage(KeptMessage):
    """A message to those who come to a session, as it was sent."""

    class Audience(models.TextChoices):
        REGISTERED = "registered", _("All those registered")
        WAITING = "waiting", _("Those on the waiting list")
        CHOSEN = "chosen", _("People chosen one by one")

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="messages"
    )
    audience = models.CharField(_("to whom"), max_length=10, choices=Audience.choices)
    recipients = models.ManyToManyField(Registration, verbose_name=_("to"), related_name="+")

    personal_data_retention = _("As long as the record of the session.")

    class Meta(KeptMessage.Meta):
        verbose_name = _("message of a session")
        verbose_name_plural = _("messages of sessions")


class RegistrationImport(models.Model):
    """A list of people read from a file, checked and not yet registered."""

    class State(models.TextChoices):
        READ = "read", _("Read, to be confirmed")
        WRITTEN = "written", _("Registered")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    filename = models.CharField(_("file"), max_length=255)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READ)
    created_at = models.DateTimeField(_("read on"), auto_now_add=True)

    personal_data_retention = _("Thirty days after the file was read.")

    class Meta:
        verbose_name = _("list of people read from a file")
        verbose_name_plural = _("lists of people read from files")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.filename


class RegistrationImportRow(models.Model):
    """One line of the file: whom it names, and what becomes of it."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("Can be registered")
        ALREADY = "already", _("Already registered")
        REJECTED = "rejected", _("Rejected")
        DONE = "done", _("Registered")

    batch = models.ForeignKey(RegistrationImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    said = models.CharField(_("what the line says"), max_length=300)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    maison = models.ForeignKey(
        "maisons.Maison",
        verbose_name=_("Maison"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    reason = models.CharField(_("why"), max_length=300, blank=True)

    personal_data_retention = _("As the list that holds it.")

    class Meta:
        verbose_name = _("line of a list of people")
        verbose_name_plural = _("lines of lists of people")
        ordering = ["line", "pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="import_line_once")]

    def __str__(self) -> str:
        return f"{self.line}: {self.said}"
