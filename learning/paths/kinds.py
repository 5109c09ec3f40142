"""The vocabularies of online learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompletionRule(models.TextChoices):
    """When a unit counts as done."""

    SEEN = "seen", _("it was opened")
    TIME = "time", _("enough time was spent on it")
    SCORE = "score", _("the score is reached")
    PLAYED = "played", _("enough of the recording was played")
    MARKED = "marked", _("the person says so")
    DECIDED = "decided", _("the trainer says so")

    @classmethod
    def shares(cls) -> tuple["CompletionRule", ...]:
        """Those whose threshold is a share, in per cent."""
        return (cls.SCORE, cls.PLAYED)


class EnrolmentState(models.TextChoices):
    ACTIVE = "active", _("In progress")
    COMPLETED = "completed", _("Completed")
    LEFT = "left", _("Left")


class EnrolmentSource(models.TextChoices):
    SELF = "self", _("Oneself")
    MANAGER = "manager", _("A manager")
    IMPORT = "import", _("A list")
    COHORT = "cohort", _("A cohort")
    SESSION = "session", _("A session in person")
    RENEWAL = "renewal", _("End of validity")


class ProgressAct(models.TextChoices):
    """What wrote a progress event. All but reports have an author, and may lower what was held."""

    REPORT = "report", _("Report of the unit")
    MARK = "mark", _("Marked as done")
    RESET = "reset", _("Started again")
    REOPEN = "reopen", _("Reopened")
    DECISION = "decision", _("Trainer’s decision")
    REGRADE = "regrade", _("Regraded")
