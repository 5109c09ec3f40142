"""People who follow a path together, with the trainers who look after them."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maisons.models import HostOrganisation, Membership


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those that one is named on as a trainer; all for the national team."""
        from ..rules import steers

        if not getattr(user, "is_authenticated", False):
            return self.none()
        if steers(user):
            return self
        named = Cohort.trainers.through.objects.filter(user=user).values("cohort")
        return self.filter(pk__in=named)

    def open(self) -> Self:
        return self.filter(archived_at=None)


class Cohort(models.Model):
    """A group on one path: the trainers named on it see its enrolments, and no others."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    path = models.ForeignKey(
        "learning.LearningPath",
        verbose_name=_("path"),
        on_delete=models.PROTECT,
        related_name="cohorts",
    )
    name = models.CharField(_("name"), max_length=120)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("trainers"),
        blank=True,
        related_name="path_cohorts",
    )
    due_on = models.DateField(_("to complete by"), null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(
        _("days to complete it"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("From the day each person enters; a fixed date goes before."),
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Closed, it takes nobody any more; what its members did stays.
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    personal_data_retention = _("As long as the enrolments of the cohort.")

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-created_at", "name"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("learning:cohort", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.archived_at is None

    def due_for(self, entered_on: dt.date) -> dt.date | None:
        """The due date of somebody who enters on this day; None when the cohort has none."""
        if self.due_on:
            return self.due_on
        return entered_on + dt.timedelta(days=self.due_days) if self.due_days else None


class CohortRule(models.Model):
    """Who enters a cohort by itself: each condition that is set must hold for one membership.

    Departments and Maisons together say one condition: of one of these, or one of those.
    """

    cohort = models.OneToOneField(
        Cohort, verbose_name=_("cohort"), on_delete=models.CASCADE, related_name="rule"
    )
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices, blank=True)
    departments = models.ManyToManyField(
        "cms.Department", verbose_name=_("departments"), blank=True, related_name="+"
    )
    maisons = models.ManyToManyField(
        "maisons.Maison", verbose_name=_("Maisons"), blank=True, related_name="+"
    )
    host_kind = models.CharField(
        _("kind of host organisation"),
        max_length=24,
        choices=HostOrganisation.Kind.choices,
        blank=True,
    )
    joined_from = models.DateField(_("joined from"), null=True, blank=True)
    joined_until = models.DateField(_("joined until"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(default=timezone.now)
    # The clock's last look, whether somebody entered or not.
    checked_at = models.DateTimeField(null=True, blank=True)

    personal_data_retention = _("As long as the cohort; it names nobody.")

    class Meta:
        verbose_name = _("rule of a cohort")
        verbose_name_plural = _("rules of cohorts")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.cohort)
