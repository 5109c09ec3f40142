"""What a trainer is told of somebody, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FlagKind(models.TextChoices):
    """In the order of what presses."""

    FAILING = "failing", _("Failing")
    STUCK = "stuck", _("Stuck")
    LATE = "late", _("Late")
    INACTIVE = "inactive", _("Inactive")


class FlagCause(models.TextChoices):
    """Which rule says so."""

    DUE = "due", _("The due date has passed")
    UNIT_DAYS = "days", _("Too long on one unit")
    ATTEMPTS = "attempts", _("Too many failed attempts")
    IDLE = "idle", _("Nothing for too long")
    SCORE = "score", _("Below the pass mark")


class FlagAct(models.TextChoices):
    RAISED = "raised", _("Raised")
    CLEARED = "cleared", _("No longer true")
    MUTED = "muted", _("Set aside")
    UNMUTED = "unmuted", _("Shown again")


class FailingWhen(models.TextChoices):
    """After which attempt a score below the pass mark counts as failing."""

    NONE_LEFT = "none", _("once no attempt is left")
    ANY = "any", _("from the first attempt below it")


class Shown(models.TextChoices):
    """Of whom a list shows: by what is said of them."""

    ANY = "tous", _("Whoever waits for something")
    FAILING = FlagKind.FAILING.value, FlagKind.FAILING.label
    STUCK = FlagKind.STUCK.value, FlagKind.STUCK.label
    LATE = FlagKind.LATE.value, FlagKind.LATE.label
    INACTIVE = FlagKind.INACTIVE.value, FlagKind.INACTIVE.label
    NONE = "aucun", _("Whoever goes on well")
    MUTED = "ecartes", _("Set aside")


class Progress(models.TextChoices):
    """How far somebody is in one unit."""

    STARTED = "commencee", _("begun")
    DONE = "faite", _("done")
    HALFWAY = "en-cours", _("begun, not done")
    TO_DO = "a-faire", _("not begun")
