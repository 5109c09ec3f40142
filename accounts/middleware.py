"""No page without the second factor, for those who must have one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from . import second_factor

ALWAYS = {"account_logout", "wagtailadmin_logout", "admin_logout_door", "javascript-catalog"}
TO_SET_UP = {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "second_factor_needed",
}
TO_USE = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactorMiddleware:
    """Holds `settings.REQUIRE_MFA`. Goes after sessions, authentication and allauth's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        match = request.resolver_match
        name = match.url_name if match else None
        if not user.is_authenticated or name in ALWAYS:
            return None
        if second_factor.was_used(request) or not second_factor.is_required(user):
            return None
        if second_factor.is_set_up(user):
            allowed, door = TO_USE, "mfa_reauthenticate"
        else:
            allowed, door = TO_SET_UP, "second_factor_needed"
        if name in allowed:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied("A second factor is required.")
        url = reverse(door)
        if request.method == "GET":
            url += "?" + urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(url)
