"""What the screens of online learning give to the project."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import learning.overview.demo
import learning.overview.exports
import learning.overview.history
import learning.overview.interests
import learning.overview.jobs
import learning.overview.panels
import learning.overview.progress_export
import learning.overview.team_exports
import learning.overview.url_cases  # noqa: F401
from cms import registry

from ..steering.team import has_a_team
from . import mine


@registry.pro_doors.provide("learning.overview")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if has_a_team(request.user):
        yield {
            "door": "activity",
            "label": _("Online paths of my team"),
            "text": _("What is due, what is done, who is on no path."),
            "url": reverse("learning:team-paths"),
            "order": 25,
        }
    if request.user.has_perm("learning.steer"):
        yield {
            "door": "activity",
            "label": _("Online learning of the network"),
            "text": _("Paths, new agents, months, map and lists."),
            "url": reverse("learning:network-paths"),
            "order": 26,
        }


@registry.pro_panels.provide("learning.overview.go_on")
def go_on(request: HttpRequest) -> dict[str, Any] | None:
    """The unit where one stopped, on the front page of the professional space."""
    if not request.user.is_authenticated:
        return None
    step = mine.to_go_on(request.user)
    if step is None:
        return None
    return {
        "title": _("Where I stopped"),
        "template": "learning/overview/pro/go_on.html",
        "context": {"step": step},
        "order": 7,
    }
