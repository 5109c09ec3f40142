"""Who follows which path, and how far they are. Nothing here refers to the row of a page."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..paths.kinds import EnrolmentSource, EnrolmentState, ProgressAct
from .base import AppendOnlyModel


class LearningPath(models.Model):
    """The identity of a path in all its languages: `uuid` is the translation key of its pages."""

    uuid = models.UUIDField(_("identifier"), unique=True)
    version = models.ForeignKey(
        "learning.PathVersion",
        verbose_name=_("version in force"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Its page was taken away: nobody enrols any more, nobody loses anything.
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("path")
        verbose_name_plural = _("paths")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("learning:path", args=[self.uuid])


class PathVersion(AppendOnlyModel):
    """What a path consisted of from a moment on (`learning.paths.structure` reads it). Never changed."""

    path = models.ForeignKey(
        LearningPath, verbose_name=_("path"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    structure = models.JSONField(_("structure"))
    # Whether a unit of it has a date of its own: most have none, and nobody's dates are then looked for.
    dated = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("published on"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a path")
        verbose_name_plural = _("versions of paths")
        ordering = ["path", "number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["path", "number"], name="path_version_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..paths.structure import outline_of

        self.dated = any(unit.is_dated for unit in outline_of(self.structure).units())
        super().save(*args, **kwargs)


class Unit(models.Model):
    """The identity of a unit in all languages and versions. Deleted, it is archived."""

    uuid = models.UUIDField(_("identifier"), unique=True)
    path = models.ForeignKey(
        LearningPath, verbose_name=_("path"), on_delete=models.PROTECT, related_name="units"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.uuid)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own, those of one's team while it lasts, of one's cohorts, all for the national team."""
        from ..paths.rules import enrolments_seen_by

        return enrolments_seen_by(self, user)

    def in_force(self) -> Self:
        """The last round of each person in each path, unless they left it."""
        return self.filter(superseded=False).exclude(state=EnrolmentState.LEFT)


class Enrolment(models.Model):
    """One person on one path, in one version. Taken again, a new row keeps the history of the first."""

    State, Source = EnrolmentState, EnrolmentSource

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    path = models.ForeignKey(
        LearningPath, verbose_name=_("path"), on_delete=models.PROTECT, related_name="enrolments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    version = models.ForeignKey(
        PathVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    superseded = models.BooleanField(default=False, editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=EnrolmentState.choices,
        default=EnrolmentState.ACTIVE,
    )
    source = models.CharField(
        _("enrolled through"),
        max_length=8,
        choices=EnrolmentSource.choices,
        default=EnrolmentSource.SELF,
    )
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("enrolled by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    cohort = models.ForeignKey(
        "learning.Cohort",
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    # Where the person worked when they enrolled: figures are counted there, as registrations are.
    maison = models.ForeignKey(
        "maisons.Maison",
        verbose_name=_("Maison"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("to complete by"), null=True, blank=True)
    created_at = models.DateTimeField(_("enrolled on"), default=timezone.now)
    completed_at = models.DateTimeField(_("completed on"), null=True, blank=True)
    # Set when it is completed, from the validity of the path on that day.
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    # Counters, kept by each change and verified by `manage.py check_progress`.
    done = models.PositiveSmallIntegerField(_("required units done"), default=0)
    due = models.PositiveSmallIntegerField(_("required units"), default=0)
    seconds = models.PositiveIntegerField(_("learning time (seconds)"), default=0)
    last_unit = models.ForeignKey(
        Unit, verbose_name=_("last unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_at = models.DateTimeField(_("last activity"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    personal_data_retention = _("As long as the account; then without a name.")

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["path", "user", "round"], name="enrolled_once_a_round"),
            models.UniqueConstraint(
                fields=["path", "user"],
                condition=models.Q(superseded=False),
                name="enrolled_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "superseded", "state"], name="enrolment_of_user"),
            models.Index(fields=["path", "superseded", "state"], name="enrolment_of_path"),
            models.Index(fields=["created_at"], name="enrolment_since"),
            models.Index(fields=["completed_at"], name="enrolment_completed"),
            models.Index(fields=["state", "due_on"], name="enrolment_by_due_date"),
            models.Index(
                fields=["expires_on"],
                condition=models.Q(superseded=False, expires_on__isnull=False),
                name="enrolment_by_expiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.path}"

    @property
    def percent(self) -> int:
        """Required units done over required units; what was completed stays at 100."""
        if self.state == EnrolmentState.COMPLETED:
            return 100
        return self.done * 100 // self.due if self.due else 0

    @property
    def minutes_spent(self) -> int:
        return round(self.seconds / 60)


class UnitProgress(models.Model):
    """How far somebody is in one unit: the sum of what was reported, never lowered by a report."""

    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="progress"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="progress"
    )
    started_at = models.DateTimeField(_("started on"), default=timezone.now)
    last_at = models.DateTimeField(_("last activity"), default=timezone.now)
    completed_at = models.DateTimeField(_("done on"), null=True, blank=True)
    # Success is apart from completion: one may finish without passing. None: nothing to pass.
    success = models.BooleanField(_("passed"), null=True)
    score = models.FloatField(_("score (0–1)"), null=True)
    seconds = models.PositiveIntegerField(_("time declared by the unit (seconds)"), default=0)
    active = models.PositiveIntegerField(_("time at work (seconds)"), default=0)
    # Where to resume, and the spans of a recording that were played: [[start, end], …] in seconds.
    place = models.JSONField(_("where to resume"), default=dict, blank=True)
    played = models.JSONField(_("spans played"), default=list, blank=True)
    # How long, on the clock, playing them took: never more than the time that passed.
    played_for = models.FloatField(default=0)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("progress in a unit")
        verbose_name_plural = _("progress in units")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit"], name="progress_once_a_unit")
        ]
        indexes = [models.Index(fields=["unit", "completed_at"], name="progress_of_unit")]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.unit}"


class ProgressEvent(AppendOnlyModel):
    """One report of a unit, or one act of somebody about it. `uuid`: sent twice, it counts once."""

    uuid = models.UUIDField(_("identifier"), unique=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(_("act"), max_length=10, choices=ProgressAct.choices)
    # What it said, and for an act that lowers what was held, what it was.
    said = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"


class ActiveSpan(models.Model):
    """When somebody was at work in a unit: those of one unit are disjoint (`learning.paths.spans`)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="spans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))

    personal_data_retention = _("As the enrolment.")

    class Meta:
        verbose_name = _("time at work")
        verbose_name_plural = _("times at work")
        ordering = ["starts_at"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["enrolment", "ends_at"], name="span_of_enrolment")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%H:%M}"
