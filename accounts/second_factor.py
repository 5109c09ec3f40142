"""Who must sign in with a second factor, and whether this session did.

allauth has no setting that requires one: `SecondFactorMiddleware` keeps those who must away from
every page until they have set one up and used it.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from .roles import role_codes
from .scopes import ROLES

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Recorded in the session when the identity provider vouches for a second factor.
BY_PROVIDER = "second-factor-by-provider"
SENSITIVE = frozenset(role.code for role in ROLES.values() if role.sensitive)


def is_required(user: Any) -> bool:
    """Whether this person may do harm enough for a password not to be trusted alone."""
    if not settings.REQUIRE_MFA or not user.is_authenticated:
        return False
    return user.is_staff or user.is_superuser or bool(role_codes(user) & SENSITIVE)


def is_set_up(user: Any) -> bool:
    return is_mfa_enabled(user, FACTORS)


def was_used(request: HttpRequest) -> bool:
    """Whether a second factor, or a passkey, was presented in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in ("mfa", BY_PROVIDER) for record in records)


def mark_used(request: HttpRequest, user: Any, **details: Any) -> None:
    record_authentication(request, user, "mfa", **details)


def vouch(request: HttpRequest, user: Any, claims: dict[str, Any]) -> None:
    """Note that the identity provider asked for a second factor, when its claims say so.

    `amr`: RFC 8176; `acr`: OpenID Connect Core 1.0, section 2.
    """
    methods = claims.get("amr") or []
    methods = {methods} if isinstance(methods, str) else set(methods)
    if methods & set(settings.PROCONNECT_MFA_AMR) or claims.get("acr") in set(
        settings.PROCONNECT_MFA_ACR
    ):
        record_authentication(request, user, BY_PROVIDER)
