"""What running a session leaves: messages sent to those who come, lists of people read from a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import ImportBatch, ImportedPerson, KeptMessage
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


class RegistrationImport(ImportBatch):
    """A list of people read from a file, checked and not yet registered."""

    class State(models.TextChoices):
        READ = "read", _("Read, to be confirmed")
        WRITTEN = "written", _("Registered")

    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READ)

    class Meta(ImportBatch.Meta):
        verbose_name = _("list of people read from a file")
        verbose_name_plural = _("lists of people read from files")


class RegistrationImportRow(ImportedPerson):
    """One line of the file: whom it names, and what becomes of it."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("Can be registered")
        ALREADY = "already", _("Already registered")
        REJECTED = "rejected", _("Rejected")
        DONE = "done", _("Registered")

    batch = models.ForeignKey(RegistrationImport, on_delete=models.CASCADE, related_name="rows")
    maison = models.ForeignKey(
        "maisons.Maison",
        verbose_name=_("Maison"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)

    class Meta(ImportedPerson.Meta):
        verbose_name = _("line of a list of people")
        verbose_name_plural = _("lines of lists of people")
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="import_line_once")]
