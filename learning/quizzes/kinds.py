"""The vocabularies of quizzes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptState(models.TextChoices):
    OPEN = "open", _("In progress")
    CLOSED = "closed", _("Handed in")


class ShowWhen(models.TextChoices):
    """When something of a review is shown: the feedback, or the right answers."""

    EACH = "each", _("after each attempt")
    END = "end", _("once passed, or after the last attempt")
    NEVER = "never", _("never")
