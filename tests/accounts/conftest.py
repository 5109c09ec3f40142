"""Helpers for sign-in tests."""

from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from accounts.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def totp_code(secret: str = SECRET) -> str:
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, counter))


def give_totp(user: Any) -> Authenticator:
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(SECRET)},
    )


@pytest.fixture
def sign_in(client):
    """Post an address and a password to the sign-in page, without second factor."""

    def post(user: Any, password: str = PASSWORD, **query: str) -> Any:
        url = reverse("account_login", query=query or None)
        return client.post(url, {"login": user.email, "password": password})

    return post


@pytest.fixture
def require_mfa(settings):
    settings.REQUIRE_MFA = True
