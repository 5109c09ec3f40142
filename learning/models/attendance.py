"""Who was there, half-day by half-day, and how that was established."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..kinds import AttendanceWay
from .base import AppendOnlyModel
from .registrations import Registration
from .sessions import HalfDay


class Attendance(models.Model):
    """Whether somebody was there for a half-day, as it stands now (`AttendanceEvent`: how it came so)."""

    Way = AttendanceWay

    half_day = models.ForeignKey(
        HalfDay, verbose_name=_("half-day"), on_delete=models.PROTECT, related_name="attendances"
    )
    registration = models.ForeignKey(
        Registration,
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    present = models.BooleanField(_("present"))
    way = models.CharField(_("established by"), max_length=8, choices=AttendanceWay.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As the registration.")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["half_day", "registration"], name="attendance_once_a_half_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration} – {self.half_day}"


class AttendanceEvent(AppendOnlyModel):
    """One signature or correction. `uuid` is made by whoever sends it: sent twice, it counts once."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, related_name="attendance_events"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="attendance_events"
    )
    before = models.BooleanField(_("before"), null=True)
    # Neither: what was entered before is taken back.
    present = models.BooleanField(_("present"), null=True)
    way = models.CharField(_("established by"), max_length=8, choices=AttendanceWay.choices)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # When it happened, by the clock of whoever entered it (a screen without network sends later).
    at = models.DateTimeField(_("on"), default=timezone.now)
    received_at = models.DateTimeField(_("received on"), default=timezone.now)

    personal_data_retention = _("As the registration.")

    class Meta:
        verbose_name = _("change of attendance")
        verbose_name_plural = _("changes of attendance")
        ordering = ["received_at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.before} → {self.present}"

    @property
    def came_late(self) -> bool:
        """Sent well after it was entered, by a screen that had no network."""
        return self.received_at - self.at >= dt.timedelta(minutes=1)


class CountersignatureQuerySet(models.QuerySet["Countersignature"]):
    def standing(self) -> Self:
        """Those that no correction has undone."""
        return self.filter(undone_at=None)


class Countersignature(models.Model):
    """The trainer's own signature beneath a half-day. A correction undoes it: it stays, one signs again."""

    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, related_name="countersignatures"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("countersigned by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("on"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone on"), null=True, editable=False)
    undone_by = models.ForeignKey(
        AttendanceEvent, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = CountersignatureQuerySet.as_manager()

    personal_data_retention = _("As the registration.")

    class Meta:
        verbose_name = _("countersignature")
        verbose_name_plural = _("countersignatures")
        ordering = ["at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["half_day"],
                condition=models.Q(undone_at=None),
                name="countersigned_once_a_half_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.half_day} – {self.by}"
