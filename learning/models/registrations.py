"""Who comes to a session, who waits, and how it came to be so."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..kinds import HOLDING, IN_PLAY, Outcome, RegistrationState
from .base import AppendOnlyModel
from .sessions import Session


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own, those of one's team while it is one's team, those of the sessions one runs."""
        from ..rules import registrations_seen_by

        return registrations_seen_by(self, user)

    def in_play(self) -> Self:
        return self.filter(state__in=IN_PLAY)

    def holding(self) -> Self:
        return self.filter(state__in=HOLDING)

    def queue(self) -> Self:
        """The waiting list, in its order."""
        return self.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk")


class Registration(models.Model):
    """One person's registration for one session; asked again, the same row starts again."""

    State = RegistrationState

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.PROTECT, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    maison = models.ForeignKey(
        "maisons.Maison",
        verbose_name=_("Maison"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("On whose behalf; its managers approve."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RegistrationState.choices, db_index=True
    )
    remote = models.BooleanField(_("takes part remotely"), default=False)
    accommodations = models.TextField(
        _("adjustments needed"),
        max_length=1000,
        blank=True,
        help_text=_("Seen by the trainers of the session alone, erased 30 days after it closes."),
    )
    expectations = models.TextField(_("what they expect"), max_length=1000, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("registered by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    queued_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    offer_expires_at = models.DateTimeField(_("offer valid until"), null=True, blank=True)
    cancelled_late = models.BooleanField(_("cancelled late"), default=False)
    # What attendance says, counted again by each signature and correction: lists and rates read it.
    half_days_due = models.PositiveSmallIntegerField(_("half-days due"), default=0)
    half_days_present = models.PositiveSmallIntegerField(_("half-days attended"), default=0)
    outcome = models.CharField(_("result"), max_length=8, choices=Outcome.choices, blank=True)
    created_at = models.DateTimeField(_("registered on"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed on"), auto_now=True)

    objects = RegistrationQuerySet.as_manager()

    personal_data_retention = _(
        "As long as the record of the session; adjustments 30 days after it closes."
    )

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        default_permissions = ("change", "view")
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="registered_once_a_session")
        ]
        indexes = [
            models.Index(fields=["user", "state"], name="registration_of_user"),
            models.Index(fields=["outcome", "session"], name="registration_result"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("learning:registration", args=[self.uuid])

    @property
    def is_in_play(self) -> bool:
        return self.state in IN_PLAY

    @property
    def holds_a_place(self) -> bool:
        return self.state in HOLDING

    def offer_is_open(self, now: dt.datetime | None = None) -> bool:
        return (
            self.state == RegistrationState.OFFERED
            and self.offer_expires_at is not None
            and (now or timezone.now()) < self.offer_expires_at
        )


class RegistrationEvent(AppendOnlyModel):
    """One change of state of a registration. Written with the change, never changed after."""

    registration = models.ForeignKey(
        Registration,
        verbose_name=_("registration"),
        on_delete=models.PROTECT,
        related_name="events",
    )
    before = models.CharField(_("before"), max_length=10, blank=True)
    after = models.CharField(_("after"), max_length=10, choices=RegistrationState.choices)
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("on"), default=timezone.now)

    personal_data_retention = _("As the registration.")

    class Meta:
        verbose_name = _("change of a registration")
        verbose_name_plural = _("changes of registrations")
        ordering = ["at", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
