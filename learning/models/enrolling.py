"""What enrolling leaves: acts on an enrolment, reminders, lists of people read from a file."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import AppendOnlyModel, ImportBatch, ImportedPerson
from .cohorts import Cohort
from .progress import Enrolment, LearningPath, Unit


class EnrolmentAct(AppendOnlyModel):
    """What somebody did about an enrolment, and why. Never changed: the last terms are in force.

    unit: terms of that unit alone; none: of the whole path. A term left empty is that of everybody.
    """

    class Kind(models.TextChoices):
        TERMS = "terms", _("Other terms")
        LEFT = "left", _("Left the path")
        RESTORED = "restored", _("Came back")
        COHORT = "cohort", _("Entered a cohort")
        DUE = "due", _("Due date of the cohort")
        RENEWED = "renewed", _("Started again")

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="acts"
    )
    kind = models.CharField(_("act"), max_length=10, choices=Kind.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("to complete by"), null=True)
    # The due date before this act, to go back to.
    due_before = models.DateField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts allowed"), null=True)
    extra_minutes = models.PositiveSmallIntegerField(_("more time (minutes)"), null=True)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    # None: the clock.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("act on an enrolment")
        verbose_name_plural = _("acts on enrolments")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class ReminderKind(models.TextChoices):
    BEFORE = "before", _("Before the due date")
    AFTER = "after", _("After the due date")
    INACTIVE = "inactive", _("Without activity")
    EXPIRY = "expiry", _("Before the end of validity")


class ReminderPlan(models.Model):
    """When people are reminded of a path: one plan for all, and those of cohorts that have their own.

    0: no such reminder.
    """

    cohort = models.OneToOneField(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    first_before = models.PositiveSmallIntegerField(
        _("first reminder (days before the due date)"),
        default=7,
        validators=[MaxValueValidator(90)],
        help_text=_("0: no such reminder."),
    )
    second_before = models.PositiveSmallIntegerField(
        _("second reminder (days before the due date)"),
        default=0,
        validators=[MaxValueValidator(90)],
        help_text=_("0: no such reminder."),
    )
    on_the_day = models.BooleanField(_("on the due date"), default=True)
    after = models.PositiveSmallIntegerField(
        _("days after the due date"),
        default=7,
        validators=[MaxValueValidator(90)],
        help_text=_("0: no such reminder."),
    )
    inactive = models.PositiveSmallIntegerField(
        _("days without activity"),
        default=21,
        validators=[MaxValueValidator(365)],
        help_text=_("0: no such reminder."),
    )
    expiry = models.PositiveSmallIntegerField(
        _("days before the end of validity"),
        default=60,
        validators=[MaxValueValidator(365)],
        help_text=_("For paths that are valid for some months. 0: no such reminder."),
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    personal_data_retention = _("As long as it is in force; it names who changed it last.")

    class Meta:
        verbose_name = _("reminders of paths")
        verbose_name_plural = _("reminders of paths")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(cohort=None), name="one_plan_for_all"
            )
        ]

    def __str__(self) -> str:
        return str(self.cohort or _("all paths"))


class ReminderSent(AppendOnlyModel):
    """A reminder that left, once for each rule and each date that it is about."""

    Kind = ReminderKind

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="reminders"
    )
    kind = models.CharField(_("reminder"), max_length=10, choices=ReminderKind.choices)
    days = models.PositiveSmallIntegerField(_("days"))
    # The due date, the last activity, or the end of validity.
    about = models.DateField(_("about"))
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("reminder sent")
        verbose_name_plural = _("reminders sent")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind", "days", "about"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.days})"


class EnrolmentImport(ImportBatch):
    """A list of people to enrol, read from a file, checked and not yet written."""

    class State(models.TextChoices):
        READ = "read", _("Read, to be confirmed")
        WRITTEN = "written", _("Enrolled")

    path = models.ForeignKey(
        LearningPath, verbose_name=_("path"), on_delete=models.PROTECT, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("to complete by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READ)

    class Meta(ImportBatch.Meta):
        verbose_name = _("list of people to enrol")
        verbose_name_plural = _("lists of people to enrol")


class EnrolmentImportRow(ImportedPerson):
    """One line of the file: whom it names, and what becomes of it."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("Can be enrolled")
        ALREADY = "already", _("Already enrolled")
        REJECTED = "rejected", _("Rejected")
        DONE = "done", _("Enrolled")

    batch = models.ForeignKey(EnrolmentImport, on_delete=models.CASCADE, related_name="rows")
    due_on = models.DateField(_("to complete by"), null=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)

    class Meta(ImportedPerson.Meta):
        verbose_name = _("line of a list of people to enrol")
        verbose_name_plural = _("lines of lists of people to enrol")
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="enrolment_line_once")
        ]
