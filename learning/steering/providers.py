"""What the screens of training give to the professional space."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import learning.steering.demo
import learning.steering.history
import learning.steering.network_exports
import learning.steering.team_exports
import learning.steering.url_cases  # noqa: F401
from cms import registry

from . import mine, team


@registry.pro_doors.provide("learning.steering")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    yield {
        "door": "learn",
        "label": _("My training"),
        "text": _("My next session, what is to do, what I did."),
        "url": reverse("learning:mine"),
        "order": 10,
    }
    if team.has_a_team(request.user):
        yield {
            "door": "activity",
            "label": _("Training of my team"),
            "text": _("Who has done which module, what comes, what awaits approval."),
            "url": reverse("learning:team"),
            "order": 25,
        }
    if request.user.has_perm("learning.steer"):
        yield {
            "door": "activity",
            "label": _("Training of the network"),
            "text": _("What the whole network has learnt: figures, lists, map, files."),
            "url": reverse("learning:network"),
            "order": 26,
        }


@registry.pro_panels.provide("learning.steering.next")
def next_session(request: HttpRequest) -> dict[str, Any] | None:
    """What comes first: a place to accept, else the next session within a month."""
    if not request.user.is_authenticated:
        return None
    found = mine.mine(request.user)
    row = found.offers[0] if found.offers else found.next
    if row is None or not (found.offers or mine.is_soon(row)):
        return None
    return {
        "title": _("My next session") if not found.offers else _("A place is offered to you"),
        "template": "learning/steering/pro/next.html",
        "context": {"row": row},
        "order": 5,
    }


@registry.pro_panels.provide("learning.steering.approve")
def to_approve(request: HttpRequest) -> dict[str, Any] | None:
    """What awaits a manager."""
    if not team.has_a_team(request.user):
        return None
    rows = list(team.in_words(team.to_approve(request.user))[: team.SHOWN])
    if not rows:
        return None
    return {
        "title": _("Awaiting your approval"),
        "template": "learning/steering/pro/to_approve.html",
        "context": {"rows": rows},
        "order": 6,
    }
