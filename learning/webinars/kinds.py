"""The vocabularies of webinars."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WebinarState(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    LIVE = "live", _("Live")
    ENDED = "ended", _("Over, the replay is being prepared")
    REPLAY = "replay", _("Replay")
    CANCELLED = "cancelled", _("Called off")


class WebinarPlace(models.TextChoices):
    """How somebody followed a webinar."""

    LIVE = "live", _("Live")
    REPLAY = "replay", _("Replay")


class CalendarMethod(models.TextChoices):
    """RFC 5546."""

    REQUEST = "REQUEST", _("Invitation")
    CANCEL = "CANCEL", _("Cancellation")


class Audience(models.TextChoices):
    """To whom the team writes."""

    REGISTERED = "registered", _("All those registered")
    LIVE = "live", _("Those who were there live")
    ABSENT = "absent", _("Those registered who were not there")
