"""Inviting people: the only way in. Each function is one transaction, and is logged."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms import mail, registry

from .models import Invitation, User


class InvitationClosed(Exception):
    """The invitation was accepted, taken back or has expired, or never was."""


@transaction.atomic
def invite(
    email: str,
    grants: list[dict[str, Any]],
    *,
    by: User,
    first_name: str = "",
    last_name: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> Invitation:
    """Invite an address. An invitation still pending there is taken back.

    Raises ValidationError when the address has an account, or when a grant is not possible.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise ValidationError(_("This person has an account already: give them the role there."))
    for grant in grants:
        kind_of(grant).validate(grant)
    for former in Invitation.objects.select_for_update().pending().filter(email__iexact=email):
        take_back(former, by=by)
    invitation = Invitation(
        email=email,
        grants=grants,
        invited_by=by,
        first_name=first_name,
        last_name=last_name,
        language=language,
    )
    _send(invitation)
    log(instance=invitation, action="accounts.invite", user=by, data={"grants": grants})
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> None:
    """Send it again with a new link; the former one opens nothing any more."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise InvitationClosed
    _send(invitation)
    log(instance=invitation, action="accounts.invite_again", user=by)


@transaction.atomic
def take_back(invitation: Invitation, *, by: User) -> None:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        return
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    log(instance=invitation, action="accounts.invite_revoke", user=by)


@transaction.atomic
def accept(token: str, *, first_name: str, last_name: str, password: str) -> User:
    """Open the account. Raises InvitationClosed, or ValidationError when a grant fails."""
    invitation = Invitation.objects.select_for_update().for_token(token)
    if invitation is None or User.objects.filter(email=invitation.email).exists():
        raise InvitationClosed
    user = User.objects.create_user(
        invitation.email,
        password,
        first_name=first_name,
        last_name=last_name,
        language=invitation.language,
    )
    for grant in invitation.grants:
        kind_of(grant).apply(user, grant, invitation.invited_by)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    log(instance=user, action="accounts.accept", user=user)
    return user


def kind_of(grant: dict[str, Any]) -> Any:
    kind = registry.invitation_grants.get(str(grant.get("kind")))
    if kind is None:
        raise ValidationError(_("Unknown kind of grant: %(kind)s.") % {"kind": grant.get("kind")})
    return kind


def labels(invitation: Invitation) -> list[str]:
    """What it gives, in words."""
    return [kind_of(grant).label(grant) for grant in invitation.grants]


def _send(invitation: Invitation) -> None:
    token = invitation.renew()
    invitation.sent_at = timezone.now()
    invitation.times_sent += 1
    invitation.save()
    with translation.override(invitation.language):
        mail.queue(
            invitation.email,
            "invitation",
            {
                "invitation": invitation,
                "grants": labels(invitation),
                "url": settings.SITE_ORIGIN + reverse("account_invitation", args=[token]),
            },
            key=f"invitation:{invitation.uuid}:{invitation.times_sent}",
            language=invitation.language,
        )
