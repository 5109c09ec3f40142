"""What changes the network. Each function is one transaction, and is logged."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.services import roles_changed
from cms import pagecache

from .models import Maison, Membership


@transaction.atomic
def join(
    user: Any,
    maison: Maison,
    role: str = Membership.Role.AGENT,
    *,
    by: Any = None,
    starts_at: datetime | None = None,
) -> Membership:
    """Make somebody agent or manager of a Maison; a membership already held is returned as it is.

    Raises ValidationError for an unknown role, a closed Maison or an account that is no longer
    active.
    """
    if role not in Membership.Role.values:
        raise ValidationError(_("Unknown role: %(role)s.") % {"role": role})
    maison = Maison.objects.select_for_update().get(pk=maison.pk)
    if maison.status == Maison.Status.CLOSED:
        raise ValidationError(_("This Maison is closed: nobody can join it."))
    if not user.is_active:
        raise ValidationError(_("This account is no longer active."))
    held = Membership.objects.filter(user=user, maison=maison, role=role, ends_at=None).first()
    if held:
        return held
    membership = Membership.objects.create(
        user=user, maison=maison, role=role, starts_at=starts_at or timezone.now()
    )
    _changed(membership, "maisons.join", by)
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, *, by: Any = None, at: datetime | None = None
) -> Membership:
    """End a membership, now unless told. It stays in the record; an ended one is left as it is."""
    at = at or timezone.now()
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.ends_at is not None and membership.ends_at <= at:
        return membership
    membership.ends_at = max(at, membership.starts_at)
    membership.save(update_fields=["ends_at"])
    _changed(membership, "maisons.leave", by)
    return membership


@transaction.atomic
def set_status(maison: Maison, status: str, *, by: Any = None) -> Maison:
    """Recognise a Maison, take it back to project, or close it, which ends its memberships.

    Raises ValidationError for an unknown status.
    """
    if status not in Maison.Status.values:
        raise ValidationError(_("Unknown status: %(status)s.") % {"status": status})
    maison = Maison.objects.select_for_update(of=("self",)).get(pk=maison.pk)
    if maison.status == status:
        return maison
    before, maison.status = maison.status, status
    maison.save(update_fields=["status", "updated_at"])
    if status == Maison.Status.CLOSED:
        for membership in maison.memberships.in_force().select_related("user"):
            end_membership(membership, by=by)
    log(
        instance=maison,
        action="maisons.status",
        user=by,
        data={"before": before, "after": status},
    )
    pagecache.bump()
    return maison


def _changed(membership: Membership, action: str, by: Any) -> None:
    roles_changed(membership.user)
    data = {"user": str(membership.user.uuid), "role": membership.role}
    log(instance=membership.maison, action=action, user=by, data=data)
