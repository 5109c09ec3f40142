"""The vocabularies of assignments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    REWORK = "rework", _("To rework")
    ACCEPTED = "accepted", _("Accepted")
    CLOSED = "closed", _("Closed without success")


class Outcome(models.TextChoices):
    """What a trainer says of a work. The unit is done when it is accepted or closed."""

    ACCEPTED = "accepted", _("Accepted")
    REWORK = "rework", _("To rework")
    CLOSED = "closed", _("Closed without success")

    @property
    def ends(self) -> bool:
        """Whether the unit is done with it."""
        return self != Outcome.REWORK


class Level(models.IntegerChoices):
    """How far a criterion is met."""

    MISSING = 0, _("Not yet")
    PARTLY = 1, _("In part")
    MET = 2, _("Met")


class Grading(models.TextChoices):
    WHOLE = "whole", _("as a whole: accepted or to rework")
    CRITERIA = "criteria", _("criterion by criterion")


class Expected(models.TextChoices):
    """What is handed in."""

    TEXT = "text", _("a text")
    FILES = "files", _("files")
    BOTH = "both", _("a text, files or both")


class FileSide(models.TextChoices):
    WORK = "work", _("of the work")
    FEEDBACK = "feedback", _("of the feedback")


class SubmissionAct(models.TextChoices):
    SUBMITTED = "submitted", _("Handed in")
    WITHDRAWN = "withdrawn", _("Taken back by its author")
    MARKED = "marked", _("Marked")
    UNDONE = "undone", _("Mark undone")
    TOLD = "told", _("Feedback given")
