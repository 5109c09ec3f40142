"""The vocabularies of evaluation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Under so many answers nothing is shown, to anybody.
THRESHOLD = 5
# "Recommends": 8, 9 or 10 out of 10.
RECOMMENDS_FROM = 8


class EvaluationKind(models.TextChoices):
    """When people are asked. The check after a session asks what was asked before it."""

    BEFORE = "before", _("Before the session")
    CHECK = "check", _("What was learnt")
    HOT = "hot", _("At the end of the session")
    COLD = "cold", _("Three months later")


class QuestionType(models.TextChoices):
    SCALE = "scale", _("Scale from 1 to 5")
    RECOMMEND = "recommend", _("Recommendation from 0 to 10")
    SINGLE = "single", _("One choice")
    MULTIPLE = "multiple", _("Several choices")
    TEXT = "text", _("Free text")
    KNOWLEDGE = "knowledge", _("Knowledge")


class QuestionTheme(models.TextChoices):
    EXPECTATIONS = "expectations", _("Expectations")
    CONTENT = "content", _("Content")
    FACILITATION = "facilitation", _("Facilitation")
    ORGANISATION = "organisation", _("Organisation")
    EFFECTS = "effects", _("Effects on the job")
    KNOWLEDGE = "knowledge", _("Knowledge")


# Kinds that are linked to the person, who is told so: progress is shown from one to the other.
LINKED = (EvaluationKind.BEFORE, EvaluationKind.CHECK)
CHOSEN = (QuestionType.SINGLE, QuestionType.MULTIPLE, QuestionType.KNOWLEDGE)
