"""« We did it too »: a Maison says that it took up an initiative."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def accepted(self) -> Self:
        return self.filter(status=Adoption.Status.ACCEPTED)

    def visible_to(self, user: Any | None) -> Self:
        """Accepted ones of Maisons that this person may see."""
        from maisons.models import Maison

        return self.accepted().filter(maison__in=Maison.objects.visible_to(user))


class Adoption(models.Model):
    """Declared by somebody of the Maison, public once a moderator has accepted it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to review")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(
        "initiatives.ProjectSheetPage",
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="adoptions",
    )
    maison = models.ForeignKey(
        "maisons.Maison",
        verbose_name=_("Maison"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    year = models.PositiveSmallIntegerField(
        _("since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1980), MaxValueValidator(2100)],
    )
    note = models.TextField(_("what you kept, what you changed"), max_length=1000, blank=True)
    own_sheet = models.ForeignKey(
        "initiatives.ProjectSheetPage",
        verbose_name=_("your own sheet"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING, db_index=True
    )
    comment = models.TextField(_("comment for the author"), max_length=1000, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("declared by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    declared_at = models.DateTimeField(_("declared on"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    is_fictitious = models.BooleanField(_("fictitious"), default=False)

    objects = AdoptionQuerySet.as_manager()

    personal_data_retention = _(
        "As long as the sheet, anonymous once the account is erased; refused ones a year."
    )

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["-declared_at"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "maison"], name="initiatives_adopted_once")
        ]

    def __str__(self) -> str:
        return f"{self.sheet} – {self.maison}"
