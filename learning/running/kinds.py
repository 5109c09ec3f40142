"""What a session asks of whoever runs it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """In the order of what presses. It follows from dates and signatures, nothing is stored."""

    TODAY = "today", _("Today")
    ANNOUNCE = "announce", _("To announce")
    COUNTERSIGN = "countersign", _("To countersign")
    CLOSE = "close", _("To close")
    COMING = "coming", _("Coming sessions")
    PAST = "past", _("Past sessions")
