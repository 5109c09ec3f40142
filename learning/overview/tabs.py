"""Two views of the same people: what they learn in person, and online."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def network_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    return _tabs(request, "learning:network", "learning:network-paths")


def team_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    return _tabs(request, "learning:team", "learning:team-paths")


def _tabs(request: HttpRequest, in_person: str, online: str) -> list[dict[str, Any]]:
    """As `components/tabs.html` takes them."""
    return [
        {"label": label, "url": url, "current": url == request.path}
        for label, url in (
            (_("In person"), reverse(in_person)),
            (_("Online"), reverse(online)),
        )
    ]
