"""What templates may ask about sign-in and about who is signed in."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def sign_in(request: HttpRequest) -> dict[str, Any]:
    # A callable: a page that shows no menu asks for no permission.
    return {
        "proconnect_enabled": settings.PROCONNECT_ENABLED,
        "user_links": partial(user_links, request),
    }


def user_links(request: HttpRequest) -> list[dict[str, str]]:
    """The menu of who is signed in: the admin for those whom it lets in, then one's own account."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    links = []
    if user.has_perm("wagtailadmin.access_admin"):
        links.append(
            {"label": _("Administration"), "url": reverse("wagtailadmin_home"), "icon": "pencil"}
        )
    links.append({"label": _("My account"), "url": reverse("account_profile"), "icon": "user"})
    links.append(
        {"label": _("Notifications"), "url": reverse("accounts_notifications"), "icon": "bell"}
    )
    return links
