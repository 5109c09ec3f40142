"""People who follow a path together, with the trainers who look after them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Closed, it takes nobody any more; what its members did stays.
    archived_at = models.DateTimeField(null=True, blank=True)

    personal_data_retention = _("As long as the enrolments of the cohort.")

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-created_at", "name"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name
