"""What the trainer's space gives: its tabs, its place in the professional space."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry

from . import demo, exports, panels, personal, tabs, url_cases  # noqa: F401
from .editing import DRAFT_IN_BIN

tabs.register(tabs.Tab("participants", "learning:run-session", gettext_lazy("Participants"), 10))
tabs.register(
    tabs.Tab(
        "prepare",
        "learning:prepare",
        gettext_lazy("Preparation"),
        5,
        "learning.change_this_session",
    )
)
tabs.register(tabs.Tab("messages", "learning:run-messages", gettext_lazy("Messages"), 50))
registry.bin_kinds.register(DRAFT_IN_BIN.code, DRAFT_IN_BIN)


@registry.pro_doors.provide("learning.running")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("learning.prepare_session"):
        yield {
            "door": "activity",
            "label": _("My sessions"),
            "text": _("Who comes, attendance, evaluation; make a session."),
            "url": reverse("learning:run-sessions"),
            "order": 30,
        }
    if request.user.has_perm("learning.register_others"):
        yield {
            "door": "learn",
            "label": _("Registrations to approve"),
            "text": _("Of my team, one by one or together."),
            "url": reverse("learning:approve"),
            "order": 32,
        }
        yield {
            "door": "learn",
            "label": _("Register my team"),
            "text": _("Choose a session, then who comes; or from a file."),
            "url": reverse("learning:choose-session"),
            "order": 34,
        }
