"""What trainers are told of those who follow a path: the rules of each cohort, and what they say of whom."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..following.kinds import FailingWhen, FlagAct, FlagCause, FlagKind
from .base import AppendOnlyModel, KeptMessage
from .cohorts import Cohort
from .progress import Enrolment, Unit


def _days(label: Any, default: int, least: int = 1) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(least), MaxValueValidator(365)]
    return models.PositiveSmallIntegerField(label, default=default, validators=bounds)


class FollowRules(models.Model):
    """When somebody of a cohort is late, stuck, inactive or failing. `computed_at`: last applied."""

    cohort = models.OneToOneField(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="follow_rules"
    )
    late = models.BooleanField(_("Say who is late"), default=True)
    late_days = _days(_("Days of grace after the due date"), 0, least=0)
    stuck = models.BooleanField(_("Say who is stuck"), default=True)
    stuck_days = _days(_("Days on one unit"), 14)
    stuck_attempts = models.PositiveSmallIntegerField(
        _("Failed attempts"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    inactive = models.BooleanField(_("Say who is inactive"), default=True)
    inactive_days = _days(_("Days without any activity"), 21)
    failing = models.BooleanField(_("Say who is failing"), default=True)
    failing_when = models.CharField(
        _("Below the pass mark"),
        max_length=4,
        choices=FailingWhen.choices,
        default=FailingWhen.NONE_LEFT,
    )
    updated_at = models.DateTimeField(_("changed on"), null=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    computed_at = models.DateTimeField(_("computed on"), null=True)

    personal_data_retention = _("As long as the cohort.")

    class Meta:
        verbose_name = _("rules of a cohort")
        verbose_name_plural = _("rules of cohorts")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.cohort)


class Told(models.Model):
    """What is said of somebody, with the rule that says so as it stood."""

    Kind, Cause = FlagKind, FlagCause

    kind = models.CharField(_("what"), max_length=8, choices=FlagKind.choices)
    cause = models.CharField(_("rule"), max_length=8, choices=FlagCause.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of the rule: so many days or attempts, or the pass mark in per cent.
    limit = models.PositiveSmallIntegerField(_("limit"), default=0)
    # Of the person: attempts failed, or the score in per cent.
    value = models.PositiveSmallIntegerField(_("value"), null=True)
    # What it counts from (unit started, last activity, due date), and since when the rule is true.
    began_at = models.DateTimeField(_("counted from"))
    since = models.DateTimeField(_("true since"))

    class Meta:
        abstract = True


class Flag(Told):
    """What is true of somebody now, as last computed. Its history is `FlagEvent`."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="flags"
    )
    raised_at = models.DateTimeField(_("raised on"), default=timezone.now)
    muted_until = models.DateTimeField(_("set aside until"), null=True)

    personal_data_retention = _("As long as it is true.")

    class Meta:
        verbose_name = _("flag of a learner")
        verbose_name_plural = _("flags of learners")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="flag_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since:%Y-%m-%d}"

    @property
    def is_muted(self) -> bool:
        """Whether a trainer set it aside, for some days yet."""
        return self.muted_until is not None and self.muted_until > timezone.now()


class FlagEvent(AppendOnlyModel, Told):
    """A flag raised, no longer true, or set aside by a trainer for a reason. Written once."""

    Act = FlagAct

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="flag_events")
    act = models.CharField(_("what happened"), max_length=8, choices=FlagAct.choices)
    at = models.DateTimeField(_("on"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    until = models.DateTimeField(_("until"), null=True)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("event of a flag")
        verbose_name_plural = _("events of flags")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["enrolment", "kind", "at"], name="flag_event_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.act} {self.at:%Y-%m-%d}"


class CohortMessage(KeptMessage):
    """A message to people of a cohort, as it was sent."""

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="messages"
    )
    # Whom the trainer chose, in words: "Stuck", "3 people chosen".
    audience = models.CharField(_("to whom"), max_length=150)
    recipients = models.ManyToManyField(Enrolment, verbose_name=_("to"), related_name="+")

    personal_data_retention = _("As long as the record of the cohort.")

    class Meta(KeptMessage.Meta):
        verbose_name = _("message of a cohort")
        verbose_name_plural = _("messages of cohorts")
