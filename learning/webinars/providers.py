"""What webinars give to the rest of the site."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from cms import registry

from ..calendars import feed
from . import (  # noqa: F401
    announcing,
    calendars,
    demo,
    discussions,
    exports,
    files,
    history,
    jobs,
    notifications,
    personal,
    rules,
    unit,
    url_cases,
)

announcing.connect()
feed.others.append(calendars.add_to)


@registry.pro_doors.provide("learning.webinars")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("learning.follow_webinar"):
        yield {
            "door": "learn",
            "label": _("Webinars"),
            "text": _("Live or later, with notes and answers to questions."),
            "url": reverse("learning:webinars"),
            "order": 25,
        }


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, label, message in (
        ("open", gettext_lazy("Begin a webinar"), gettext_lazy("Webinar begun before the hour")),
        ("end", gettext_lazy("End a webinar"), gettext_lazy("Webinar ended")),
        ("resume", gettext_lazy("Undo"), gettext_lazy("Beginning and end follow the clock again")),
        ("call_off", gettext_lazy("Call a webinar off"), gettext_lazy("Webinar called off")),
        ("restore", gettext_lazy("Undo"), gettext_lazy("Webinar takes place after all")),
        ("link", gettext_lazy("Give the link"), gettext_lazy("Link to the meeting given")),
        ("attendance", gettext_lazy("Say who was there"), gettext_lazy("Attendance said")),
    ):
        actions.register_action(f"learning.webinar_{action}", label, message)
