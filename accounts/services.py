"""What changes who people are in the network. Each function is one transaction, and is logged."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms import mail, registry, request_scope

from .groups import sync_user_groups
from .models import RoleAssignment, User
from .scopes import NATIONAL, ROLES, Scope, ScopeKind, role_label


@transaction.atomic
def grant(
    user: User,
    role: str,
    scope: Scope = NATIONAL,
    *,
    by: User | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> RoleAssignment:
    """Give a role over a scope; a role already held there is returned as it is.

    Raises ValidationError when the role cannot be given over such a scope, or when no such
    territory, operator or organisation exists.
    """
    check_role_and_scope(role, scope)
    starts_at = starts_at or timezone.now()
    if ends_at is not None and ends_at <= starts_at:
        raise ValidationError(_("The role would end before it starts."))
    held = (
        RoleAssignment.objects.select_for_update()
        .in_force(starts_at)
        .filter(user=user, role=role, scope_kind=scope.kind, scope_code=scope.code, ends_at=None)
        .first()
    )
    if held:
        return held
    assignment = RoleAssignment(
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_code=scope.code,
        starts_at=starts_at,
        ends_at=ends_at,
        granted_by=by,
    )
    assignment.full_clean()
    assignment.save()
    _changed(user, by, "accounts.grant", assignment)
    return assignment


@transaction.atomic
def revoke(
    assignment: RoleAssignment, *, by: User | None = None, at: datetime | None = None
) -> None:
    """End a role, now unless told. It stays in the record; one that has ended already is left."""
    at = at or timezone.now()
    assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.ends_at is not None and assignment.ends_at <= at:
        return
    assignment.ends_at = max(at, assignment.starts_at)
    assignment.save(update_fields=["ends_at"])
    _changed(assignment.user, by, "accounts.revoke", assignment)


@transaction.atomic
def set_active(user: User, active: bool, *, by: User | None = None) -> None:
    """Let somebody sign in, or keep them out at once: their open sessions end."""
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user)
    log(instance=user, action="accounts.activate" if active else "accounts.deactivate", user=by)


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None = None) -> int:
    """Take away every second factor of somebody who lost them; returns how many. They are told."""
    factors = Authenticator.objects.filter(user=user)
    count = factors.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    factors.delete()
    end_sessions(user)
    log(instance=user, action="accounts.second_factor_reset", user=by)
    mail.queue(
        user.email,
        "second_factor_reset",
        {"user": user},
        key=f"second-factor-reset:{uuid.uuid4()}",
        language=user.language,
    )
    return count


@transaction.atomic
def send_password_link(user: User, link: str, *, by: User) -> None:
    """Send somebody the link with which they choose a password."""
    log(instance=user, action="accounts.password_link", user=by)
    mail.queue(
        user.email,
        "password_link",
        {"user": user, "link": link},
        key=f"password-link:{uuid.uuid4()}",
        language=user.language,
    )


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def roles_changed(user: User) -> None:
    """To be called, inside the transaction, by an app whose role source gives or takes a role."""
    request_scope.forget()
    sync_user_groups(user)


def sync_due_groups(now: datetime | None = None) -> int:
    """Bring to their groups those whose role began or ended by date in the last two days.

    Idempotent; returns how many people changed groups.
    """
    now = now or timezone.now()
    recent = (now - timedelta(days=2), now)
    due = models.Q(starts_at__range=recent) | models.Q(ends_at__range=recent)
    found = set(RoleAssignment.objects.filter(due).values_list("user_id", flat=True))
    for source in registry.role_sources:
        if hasattr(source, "user_ids_changed"):
            found.update(source.user_ids_changed(*recent))
    return sum(sync_user_groups(user) for user in User.objects.filter(pk__in=found))


def check_role_and_scope(role: str, scope: Scope) -> None:
    """Raises ValidationError unless the role may be given over this scope."""
    if role not in ROLES:
        raise ValidationError(_("There is no such role to give: %(role)s.") % {"role": role})
    if scope.kind not in ROLES[role].scope_kinds:
        raise ValidationError(
            _("The role “%(role)s” cannot be given over this kind of scope (%(kind)s).")
            % {"role": ROLES[role].label, "kind": ScopeKind(scope.kind).label}
        )
    choices = scope_choices(scope.kind)
    if choices is not None and scope.code not in choices:
        raise ValidationError(_("Unknown scope: %(scope)s.") % {"scope": scope})


def scope_choices(kind: str) -> dict[str, str] | None:
    """Code and name of what a role may be given over; None when no app can tell."""
    provider = registry.scope_choices.get(kind)
    return dict(provider()) if provider is not None else None


def _changed(user: User, by: User | None, action: str, assignment: RoleAssignment) -> None:
    roles_changed(user)
    data: dict[str, Any] = {"role": assignment.role, "scope": str(assignment.scope)}
    log(instance=user, action=action, user=by, data=data)


def described(role: str, scope: Scope) -> str:
    """« Référent préfectoral : Ain (01) »"""
    label = role_label(role)
    if scope == NATIONAL:
        return label
    name = (scope_choices(scope.kind) or {}).get(scope.code, str(scope))
    return _("%(role)s: %(scope)s") % {"role": label, "scope": name}
