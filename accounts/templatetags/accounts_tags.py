"""Template tags of one's own account."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("components/tabs.html", takes_context=True)
def account_tabs(context: dict[str, Any]) -> dict[str, Any]:
    """The sections of one's account; the present one is the longest address that begins the path."""
    sections = [
        (_("Profile"), ["account_profile", "account_email", "account_change_password"]),
        (_("Security"), ["mfa_index"]),
        (_("Sessions"), ["usersessions_list"]),
        (_("Notifications"), ["accounts_notification_choices"]),
        (_("My data"), ["account_personal_data", "account_erase"]),
    ]
    path = context["request"].path
    tabs = []
    for label, names in sections:
        urls = [reverse(name) for name in names]
        current = any(path.startswith(url) for url in urls)
        tabs.append({"label": label, "url": urls[0], "current": current})
    return {"tabs": tabs, "label": _("My account")}
