"""What the home app gives to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms import registry
from maisons.queries import alternates

from . import panels, url_cases  # noqa: F401


@registry.sitemap_entries.provide("home")
def sitemap_entries() -> Iterator[dict[str, Any]]:
    """What stands beside the pages of the path to a Maison."""
    for name, title in (
        ("creation:self_check", _("Check my project")),
        ("creation:call_back", _("Be called back")),
    ):
        path = reverse(name)
        yield {
            "location": path,
            "lastmod": None,
            "alternates": alternates(path),
            "title": title,
        }
