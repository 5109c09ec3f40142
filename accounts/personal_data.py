"""What the platform holds about a person: say it, give it, erase it, and for how long it is kept.

Every app that holds personal data registers in `cms.registry.personal_data` an object with
`export(user)`, `erase(user)`, `retention` and, when rows grow old by themselves, `purge(now)`.
`cms.checks` fails a model that holds personal data and says nowhere for how long.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms import registry

from .models import Invitation, NotificationPreference, RoleAssignment, User
from .roles import holders, roles_of
from .scopes import ADMINISTRATOR
from .services import end_sessions, roles_changed

UNUSED = timedelta(days=3 * 365)
OLD_INVITATION = timedelta(days=365)


def export(user: User) -> dict[str, Any]:
    """Everything held about this person, by app: what the person downloads."""
    return {key: provider.export(user) for key, provider in registry.personal_data.items()}


@transaction.atomic
def erase(user: User, *, by: User | None = None) -> None:
    """Make the person unrecognisable. The row stays, so that what they did for the network stays.

    Raises ValidationError for the last administrator.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.erased_at:
        return
    others = holders(ADMINISTRATOR).exclude(pk=user.pk)
    if user in holders(ADMINISTRATOR) and not others.exists():
        raise ValidationError(_("The last administrator cannot be erased: name another one first."))
    # This app's last: the others may look for the person by the address.
    for key, provider in registry.personal_data.items():
        if key != "accounts":
            provider.erase(user)
    registry.personal_data.get("accounts").erase(user)
    log(instance=user, action="accounts.erase", user=by or user, title=str(user))


def purge(now: datetime | None = None) -> dict[str, int]:
    """Erase what has been kept long enough, in every app; rows by app."""
    now = now or timezone.now()
    return {
        key: provider.purge(now)
        for key, provider in registry.personal_data.items()
        if hasattr(provider, "purge")
    }


class People:
    """What this app, and those it builds upon, hold."""

    retention = {
        "account.EmailAddress": gettext_lazy("As long as the account."),
        "account.EmailConfirmation": gettext_lazy("Three days."),
        "auth.Group": gettext_lazy("Membership follows the roles."),
        "mfa.*": gettext_lazy("As long as the second factor is set up."),
        "sessions.Session": gettext_lazy("Until it ends, two weeks at most."),
        "socialaccount.*": gettext_lazy("As long as the account is linked to the provider."),
        "usersessions.*": gettext_lazy("Until the session ends, two weeks at most."),
    }

    def export(self, user: User) -> dict[str, Any]:
        return {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "job_title": user.job_title,
            "language": user.language,
            "time_zone": user.time_zone,
            "date_joined": user.date_joined,
            "last_login": user.last_login,
            "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified")),
            "roles": [
                {"role": h.role, "scope": str(h.scope), "from": h.starts_at, "until": h.ends_at}
                for h in roles_of(user)
            ],
            "past_and_future_roles": list(
                user.role_assignments.values(
                    "role", "scope_kind", "scope_code", "starts_at", "ends_at"
                )
            ),
            "invitations": list(
                Invitation.objects.filter(Q(accepted_by=user) | Q(email=user.email)).values(
                    "email", "created_at", "accepted_at"
                )
            ),
            "second_factors": list(
                Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
            ),
            "identity_providers": list(
                SocialAccount.objects.filter(user=user).values("provider", "uid", "extra_data")
            ),
            "sessions": list(
                UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")
            ),
            "notification_choices": list(
                user.notification_preferences.values("kind", "site", "mail")
            ),
            "notifications": list(user.notifications.values("kind", "title", "url", "created_at")),
        }

    def erase(self, user: User) -> None:
        now = timezone.now()
        RoleAssignment.objects.in_force().filter(user=user).update(ends_at=now)
        RoleAssignment.objects.filter(user=user, starts_at__gt=now).delete()
        end_sessions(user)
        for model in (EmailAddress, Authenticator, SocialAccount, NotificationPreference):
            model.objects.filter(user=user).delete()
        user.notifications.all().delete()
        UserProfile.objects.filter(user=user).delete()
        Invitation.objects.filter(Q(accepted_by=user) | Q(email__iexact=user.email)).delete()
        user.email = f"{user.uuid}@efface.invalid"
        user.first_name = user.last_name = user.job_title = user.time_zone = ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.erased_at = now
        user.set_unusable_password()
        user.save()
        roles_changed(user)
        _forget_name_in_log(user)

    def purge(self, now: datetime) -> int:
        """Old invitations, and accounts without a role that nobody has used for three years."""
        old = Q(expires_at__lt=now - OLD_INVITATION) | Q(accepted_at__lt=now - OLD_INVITATION)
        count: int = Invitation.objects.filter(old).delete()[0]
        unused = User.objects.filter(
            Q(last_login__lt=now - UNUSED) | Q(last_login=None, date_joined__lt=now - UNUSED),
            erased_at=None,
        )
        for user in unused:
            if not roles_of(user):
                erase(user)
                count += 1
        return count


def _forget_name_in_log(user: User) -> None:
    kind = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).update(label=str(user))
