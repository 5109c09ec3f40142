"""Accounts begin with an invitation."""

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

VALIDITY = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Sent, neither accepted, nor taken back; it may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> Self:
        return self.pending().filter(expires_at__gt=timezone.now())

    def for_token(self, token: str) -> "Invitation | None":
        """The one that this token opens, if it still does."""
        return self.open().filter(token_hash=hash_token(token)).first()


class Invitation(models.Model):
    """An address that may open an account, and what the account will be given.

    Only a hash of the token is kept: reading the database opens no account.
    `grants` is a list of `{"kind": …, …}`, each kind being one of `cms.registry.invitation_grants`.
    """

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    grants = models.JSONField(_("what it gives"), default=list, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )
    created_at = models.DateTimeField(_("invited on"), default=timezone.now)
    sent_at = models.DateTimeField(_("last sent on"), null=True)
    times_sent = models.PositiveSmallIntegerField(_("times sent"), default=0)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    personal_data_retention = _("One year after it was accepted, taken back or has expired.")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_pending_invitation",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()

    @property
    def state(self) -> str:
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "revoked"
        return "open" if self.is_open else "expired"

    def renew(self) -> str:
        """Give it a new token, which ends the former one, and start its validity again."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_token(token)
        self.expires_at = timezone.now() + VALIDITY
        return token


def hash_token(token: str) -> str:
    # The token is 256 random bits: a slow hash would add nothing.
    return hashlib.sha256(token.encode()).hexdigest()
