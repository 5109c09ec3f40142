"""Questions to the trainer on a unit, and what is answered."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnitQuestionQuerySet(models.QuerySet["UnitQuestion"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own; those of the cohorts one is named on; all for the national team; and those that
        their author let one's cohort read. The only way to list them."""
        from ..asking.rules import questions_seen_by

        return questions_seen_by(self, user)

    def read_with(self, enrolment: Any) -> Self:
        """The part of `visible_to` that the page of a unit shows to its learner."""
        from ..asking.rules import questions_read_with

        return questions_read_with(self, enrolment)

    def to_answer(self, user: Any) -> Self:
        """Those that this person may answer."""
        from ..asking.rules import questions_answered_by

        return questions_answered_by(self, user)


class UnitQuestion(models.Model):
    """A question on a unit. It waits while the last word is its author's."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        "learning.Enrolment",
        verbose_name=_("enrolment"),
        on_delete=models.PROTECT,
        related_name="questions",
    )
    unit = models.ForeignKey(
        "learning.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    waits_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    may_be_shared = models.BooleanField(
        _("my cohort may read it once answered, without my name"), default=False
    )
    shared_at = models.DateTimeField(_("shared on"), null=True, blank=True)
    # Taken back by its author: it comes back for thirty days, then it goes.
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UnitQuestionQuerySet.as_manager()

    personal_data_retention = _("As long as the account of whoever asks; taken back, 30 days.")

    class Meta:
        verbose_name = _("question to the trainer")
        verbose_name_plural = _("questions to the trainer")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["waits_since"], name="question_waits")]

    def __str__(self) -> str:
        return str(self.uuid)


class UnitAnswer(models.Model):
    """A word in the exchange on a question: of a trainer, or of whoever asked. `uuid` names the form that
    sent it: sent twice, it is one."""

    uuid = models.UUIDField(_("identifier"), unique=True)
    question = models.ForeignKey(UnitQuestion, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    from_trainer = models.BooleanField(default=False)
    text = models.TextField(_("answer"))
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As long as the question.")

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.uuid)
