"""What follows from a change of a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, user_logged_in
from allauth.mfa.signals import authenticator_added
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.log_actions import log

from . import second_factor
from .groups import sync_user_groups
from .models import User


@receiver(post_save, sender=User, dispatch_uid="accounts.address_of_user")
def keep_address(sender: type, instance: User, created: bool, raw: bool, **_kwargs: Any) -> None:
    """The address of an account is verified from the start: accounts begin with an invitation."""
    if created and not raw:
        EmailAddress.objects.create(
            user=instance, email=instance.email, verified=True, primary=True
        )


@receiver(user_logged_in, dispatch_uid="accounts.groups_at_sign_in")
def groups_at_sign_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    # Roles end by date without anybody doing anything.
    sync_user_groups(user)


@receiver(authenticator_added, dispatch_uid="accounts.used_by_setting_up")
def used_by_setting_up(request: HttpRequest, user: User, authenticator: Any, **_k: Any) -> None:
    """Setting up the first second factor uses it: a code or a key was just presented.

    Only the first: whoever has one must present that one before adding another.
    """
    if authenticator.type not in second_factor.FACTORS:
        return
    others = type(authenticator).objects.filter(user=user, type__in=second_factor.FACTORS)
    if not others.exclude(pk=authenticator.pk).exists():
        second_factor.mark_used(request, user, id=authenticator.pk, type=authenticator.type)


@receiver(email_changed, dispatch_uid="accounts.address_changed")
def address_changed(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    log(instance=user, action="accounts.address", user=user)
