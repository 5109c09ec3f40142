"""The vocabularies of training. What is stored is the code; labels are what people say."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class ModuleKind(models.TextChoices):
    NATIONAL = "national", _("National module")
    OPERATOR = "operator", _("Training by an operator")
    REFRESHER = "refresher", _("Refresher by an operator")
    IMMERSION = "immersion", _("Immersion day")
    MEETING = "meeting", _("Departmental meeting")


# What operators propose, as headings of the catalogue.
GROUP_LABELS: dict[str, Any] = {
    ModuleKind.OPERATOR: _("Trainings by the operators"),
    ModuleKind.REFRESHER: _("Refreshers"),
    ModuleKind.IMMERSION: _("Immersion days"),
    ModuleKind.MEETING: _("Departmental meetings"),
}


class ModuleTheme(models.TextChoices):
    """The three themes around which the national catalogue was built."""

    NETWORK = "network", _("Joining the national network")
    PROTECTION = "protection", _("Social protection, employment and training")
    SKILLS = "skills", _("The agent’s professional skills")


class Level(models.TextChoices):
    """What agents call the modules among themselves."""

    DISCOVERY = "discovery", _("Discovery")
    CORE = "core", _("Core of the job")
    DEEPENING = "deepening", _("Deepening")


class SessionKind(models.TextChoices):
    REGULAR = "regular", _("Session")
    # Held to try a module out: out of every published rate.
    PILOT = "pilot", _("Pilot session")


class Mode(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    REMOTE = "remote", _("Remote")
    HYBRID = "hybrid", _("In person or remote")


class SessionState(models.TextChoices):
    """What was decided. Whether it is full, late or held follows from its dates and registrations."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CANCELLED = "cancelled", _("Cancelled")
    CLOSED = "closed", _("Closed")


class RegistrationState(models.TextChoices):
    REQUESTED = "requested", _("Awaiting approval")
    CONFIRMED = "confirmed", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    REFUSED = "refused", _("Refused")
    LAPSED = "lapsed", _("Offer not taken up")
    CANCELLED = "cancelled", _("Cancelled")


# Those that hold a place, those that are in play, and those from which one may start again.
HOLDING = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
IN_PLAY = (
    RegistrationState.REQUESTED,
    RegistrationState.CONFIRMED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
)
ENDED = (RegistrationState.REFUSED, RegistrationState.LAPSED, RegistrationState.CANCELLED)


class HalfDayPart(models.TextChoices):
    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


class Outcome(models.TextChoices):
    """What came of a registration, once attendance was counted. Empty until then."""

    ATTENDED = "attended", _("Attended")
    PARTLY = "partly", _("Attended in part")
    ABSENT = "absent", _("Absent")


class AttendanceWay(models.TextChoices):
    """How presence was established."""

    DOOR = "door", _("Code at the door")
    LINK = "link", _("Personal link")
    TRAINER = "trainer", _("By the trainer")
    IMPORTED = "imported", _("Imported")


class CertificateKind(models.TextChoices):
    """What is handed to those who came."""

    ATTENDANCE = "attendance", _("Certificate of attendance")
    COMPLETION = "completion", _("Certificate of completion")


class NumberSeries(models.TextChoices):
    """What is numbered, each with a count of its own in a year."""

    ATTENDANCE = CertificateKind.ATTENDANCE.value, CertificateKind.ATTENDANCE.label
    COMPLETION = CertificateKind.COMPLETION.value, CertificateKind.COMPLETION.label
    PATH = "path", _("Attestation of a path")


class FileState(models.TextChoices):
    """Of a file that a task makes."""

    PENDING = "pending", _("In preparation")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class EvidenceKind(models.TextChoices):
    TRAINED = "trained", _("Trained")
    # After a correction: names the row that no longer counts.
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ImportState(models.TextChoices):
    STAGED = "staged", _("To check")
    APPLIED = "applied", _("Imported")
    UNDONE = "undone", _("Undone")
