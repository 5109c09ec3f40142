"""What templates may ask about sign-in and about who is signed in."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _


def sign_in(request: HttpRequest) -> dict[str, Any]:
    # A callable: a page that shows no menu asks for no permission.
    return {
        "proconnect_enabled": settings.PROCONNECT_ENABLED,
        "user_links": partial(user_links, request),
    }


def user_links(request: HttpRequest) -> list[dict[str, str]]:
    """The menu of who is signed in: their space, then the admin for those whom it lets in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    space = resolve_url(settings.LOGIN_REDIRECT_URL)
    links = [{"label": _("My space"), "url": space, "icon": "house"}]
    if user.has_perm("wagtailadmin.access_admin"):
        links.append(
            {"label": _("Administration"), "url": reverse("wagtailadmin_home"), "icon": "pencil"}
        )
    return links
