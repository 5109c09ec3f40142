"""ProConnect, or any OpenID Connect provider: what allauth's client lacks.

ProConnect answers `userinfo` as a signed JWT (OpenID Connect Core 1.0, section 5.3.2).
"""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

KWARGS = {"provider_id": "proconnect"}


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):
    """Reads `userinfo` in both of its forms, and returns to one address in every language."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.SITE_ORIGIN + reverse("openid_connect_callback", kwargs=KWARGS)

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        if "application/jwt" not in response.headers.get("content-type", ""):
            return response.json()
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=response.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


class ProConnectProvider(OpenIDConnectProvider):
    """The provider that `SOCIALACCOUNT_PROVIDERS` names: it goes by our adapter both ways."""

    oauth2_adapter_class = ProConnectAdapter


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _view(OAuth2CallbackView, request, provider_id)


def _view(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view.adapter_view(ProConnectAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
