"""Whether a unit was useful."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..opinions.kinds import Reason


class UnitRating(models.Model):
    """What one person thinks of one unit; they change their mind when they want."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="unit_ratings",
    )
    unit = models.ForeignKey(
        "learning.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="ratings"
    )
    useful = models.BooleanField(_("useful"))
    words = models.TextField(_("in your words"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    personal_data_retention = _("As long as the account, then without a name; the words, 3 years.")

    class Meta:
        verbose_name = _("rating of a unit")
        verbose_name_plural = _("ratings of units")
        ordering = ["-updated_at", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="rated_once_a_unit")]
        indexes = [models.Index(fields=["unit", "useful"], name="rating_of_unit")]

    def __str__(self) -> str:
        return str(self.unit)


class UnitRatingReason(models.Model):
    """One reason why a unit was not useful."""

    rating = models.ForeignKey(UnitRating, on_delete=models.CASCADE, related_name="reasons")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)

    class Meta:
        verbose_name = _("reason of a rating")
        verbose_name_plural = _("reasons of ratings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["rating", "reason"], name="reason_once_a_rating")
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
