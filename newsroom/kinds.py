"""The kinds into which editors class what they publish."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NewsKind(models.TextChoices):
    POLICY = "policy", _("Public policy")
    PARTNERS = "partners", _("Partners")
    NETWORK = "network", _("The network")


class EventKind(models.TextChoices):
    MEETING = "meeting", _("Meeting of the network")
    TRAINING = "training", _("Training")
    WEBINAR = "webinar", _("Webinar")
    PARTNER = "partner", _("Event of a partner")
    INSTITUTIONAL = "institutional", _("Public life")


class EventStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class PublicationKind(models.TextChoices):
    BRIEF = "brief", _("En bref")
    REPORT = "report", pgettext_lazy("publication", "Report")
    STUDY = "study", _("Study")
    DATA = "data", _("Data")
    GUIDE = "guide", _("Guide")
