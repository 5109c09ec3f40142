"""ProConnect opens an account that exists, by its verified address; it makes none.

The provider is played here: its answers are those of OpenID Connect Core 1.0.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.urls import reverse

from accounts import openid, second_factor
from accounts.factories import UserFactory
from accounts.models import User

from .conftest import give_totp, totp_code

pytestmark = pytest.mark.django_db

SERVER = "https://connect.example"
CONFIG = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/authorize",
    "token_endpoint": f"{SERVER}/token",
    "userinfo_endpoint": f"{SERVER}/userinfo",
    "jwks_uri": f"{SERVER}/jwks",
}


class Provider:
    """What the provider says of the person who comes back from it."""

    email = "agent@example.org"
    email_verified = True
    id_claims: dict[str, Any] = {}
    verified_email_setting = False


@pytest.fixture
def provider(settings, monkeypatch):
    said = Provider()
    settings.PROCONNECT_ENABLED = True
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "proconnect",
                    "name": "ProConnect",
                    "client_id": "client",
                    "secret": "secret",
                    "settings": {"server_url": SERVER, "verified_email": False},
                }
            ]
        }
    }

    def complete(self, request, app, token, **kwargs):
        data = {
            "userinfo": {
                "sub": "sub-1",
                "email": said.email,
                "email_verified": said.email_verified,
                "given_name": "Noa",
            },
            "id_token": {"sub": "sub-1", **said.id_claims},
        }
        return self.get_provider().sociallogin_from_response(request, data)

    adapter = openid.ProConnectAdapter
    monkeypatch.setattr(adapter, "openid_config", CONFIG)
    monkeypatch.setattr(adapter, "complete_login", complete)
    monkeypatch.setattr(
        adapter, "get_access_token_data", lambda self, *a, **k: {"access_token": "token"}
    )
    return said


def come_back(client) -> Any:
    """Go to the provider and return from it."""
    away = client.post("/compte/proconnect/")
    assert away.url.startswith(CONFIG["authorization_endpoint"])
    query = parse_qs(urlsplit(away.url).query)
    assert query["redirect_uri"] == ["http://localhost:8000/compte/proconnect/retour/"]
    return client.get("/compte/proconnect/retour/", {"code": "x", "state": query["state"][0]})


def test_the_button_shows_where_the_provider_is_configured(client, provider):
    page = client.get(reverse("account_login")).content.decode()
    assert "ProConnect" in page
    assert 'action="/compte/proconnect/' in page


def test_without_configuration_there_is_neither_button_nor_address(client):
    assert "ProConnect" not in client.get(reverse("account_login")).content.decode()
    assert client.get("/compte/proconnect/").status_code == 404


def test_it_opens_the_account_of_the_verified_address(client, provider):
    user = UserFactory(email=provider.email)
    come_back(client)
    assert get_user(client) == user
    assert SocialAccount.objects.get().user == user
    user.refresh_from_db()
    assert user.has_usable_password(), "the password stays"


def test_it_opens_nothing_by_an_address_that_it_did_not_verify(client, provider):
    UserFactory(email=provider.email)
    provider.email_verified = False
    come_back(client)
    assert not get_user(client).is_authenticated


def test_it_makes_no_account(client, provider):
    response = come_back(client)
    assert not get_user(client).is_authenticated
    assert not User.objects.exists()
    assert response.status_code in (200, 302)


def test_it_does_not_open_a_deactivated_account(client, provider):
    UserFactory(email=provider.email, is_active=False)
    come_back(client)
    assert not get_user(client).is_authenticated


def test_ours_is_required_when_it_vouches_for_no_second_factor(client, provider, require_mfa):
    UserFactory(email=provider.email, role="editor")
    provider.id_claims = {"amr": ["pwd"]}
    come_back(client)
    assert client.get("/admin/").url.startswith(reverse("second_factor_needed"))


def test_its_second_factor_counts_when_it_vouches_for_it(client, provider, require_mfa):
    UserFactory(email=provider.email, role="editor")
    provider.id_claims = {"amr": ["pwd", "mfa"]}
    # The first time links the account; the claims are read each time.
    come_back(client)
    assert client.get("/admin/").status_code == 200


def test_the_level_of_assurance_counts_where_it_is_configured(
    client, provider, require_mfa, settings
):
    UserFactory(email=provider.email, role="editor")
    provider.id_claims = {"acr": "eidas2"}
    come_back(client)
    assert client.get("/admin/").status_code == 302
    client.post(reverse("account_logout"))
    settings.PROCONNECT_MFA_ACR = ["eidas2"]
    come_back(client)
    assert client.get("/admin/").status_code == 200


def test_whoever_has_a_second_factor_here_presents_it(client, provider, require_mfa):
    user = UserFactory(email=provider.email, role="editor")
    give_totp(user)
    come_back(client)
    assert not get_user(client).is_authenticated
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert client.get("/admin/").status_code == 200


def test_a_user_info_in_a_signed_token_is_read(monkeypatch):
    class Answer:
        headers = {"content-type": "application/jwt; charset=utf-8"}
        text = "header.payload.signature"

        def raise_for_status(self):
            pass

    class Session:
        def __enter__(self):
            return self

        def __exit__(self, *args):
            pass

        def get(self, url, headers):
            assert headers == {"Authorization": "Bearer token"}
            return Answer()

    class App:
        client_id = "client"

    adapter = openid.ProConnectAdapter.__new__(openid.ProConnectAdapter)
    asked = {}

    def verify(**kwargs):
        asked.update(kwargs)
        return {"sub": "sub-1"}

    monkeypatch.setattr(openid.ProConnectAdapter, "openid_config", CONFIG)
    monkeypatch.setattr(adapter, "get_provider", lambda: type("P", (), {"app": App})())
    monkeypatch.setattr(openid.jwtkit, "verify_and_decode", verify)
    monkeypatch.setattr(
        openid, "get_adapter", lambda: type("A", (), {"get_requests_session": Session})
    )
    assert adapter._fetch_user_info("token") == {"sub": "sub-1"}
    assert asked["keys_url"] == CONFIG["jwks_uri"]
    assert asked["audience"] == "client"
    assert asked["issuer"] == SERVER
    assert asked.get("verify_signature", True)


def test_claims_of_another_kind_prove_nothing(rf):
    from django.contrib.sessions.backends.db import SessionStore

    request = rf.get("/")
    request.session = SessionStore()
    request.user = UserFactory()
    for claims in ({}, {"amr": "pwd"}, {"amr": None}, {"acr": "eidas1"}):
        second_factor.vouch(request, request.user, claims)
        assert not second_factor.was_used(request)
    second_factor.vouch(request, request.user, {"amr": "mfa"})
    assert second_factor.was_used(request)
