"""What training gives to the other apps."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import learning.alerts.providers
import learning.asking.providers
import learning.assignments.providers
import learning.attendance.providers
import learning.authoring.personal
import learning.authoring.quiz_questions
import learning.authoring.telling
import learning.authoring.url_cases
import learning.calendars.providers
import learning.closing.providers
import learning.credentials.providers
import learning.device
import learning.discussions
import learning.enrolling.providers
import learning.evaluations.providers
import learning.files.providers
import learning.following.providers
import learning.jobs
import learning.messages.providers
import learning.notes.providers
import learning.notifications
import learning.operator_trainings.providers
import learning.opinions.providers
import learning.overview.providers
import learning.paths.demo
import learning.paths.demo_english
import learning.paths.personal
import learning.paths.rules
import learning.paths.url_cases
import learning.personal
import learning.question_formats.personal
import learning.question_formats.url_cases
import learning.quizzes.providers
import learning.running.providers
import learning.steering.providers
import learning.url_cases
import learning.webinars.providers  # noqa: F401
from cms import registry

from .demo_load import DemoLoader

registry.demo_loaders.register("learning", DemoLoader())


@registry.pro_doors.provide("learning")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    yield {
        "door": "learn",
        "label": _("Online paths and modules"),
        "text": _("The whole catalogue, to choose what to follow."),
        "url": reverse("learning:catalogue") + "#parcours",
        "order": 15,
    }
    yield {
        "door": "learn",
        "label": _("The coming sessions"),
        "text": _("Near me or remotely, by module."),
        "url": reverse("learning:sessions"),
        "order": 20,
    }


class SessionsSection:
    """The next sessions and the next webinar (else the last replay), on the home page: two queries."""

    label = gettext_lazy("The next training sessions")
    template = "learning/home/sessions.html"
    styles = ()

    def context(self, request: HttpRequest, count: int) -> dict[str, Any] | None:
        from .queries import next_sessions
        from .webinars.queries import to_show_first

        user = getattr(request, "user", None)
        sessions, webinar = next_sessions(user, count), to_show_first(user)
        if not sessions and webinar is None:
            return None
        return {"sessions": sessions, "webinar": webinar, "default_title": self.label}


registry.home_sections.register("learning", SessionsSection())


@registry.admin_permissions.provide("learning")
def admin_permissions() -> dict[str, list[str]]:
    kinds = (
        "cataloguepage",
        "trainingmodulepage",
        "learningpathpage",
        "chapterpage",
        "unitpage",
        "webinarpage",
    )
    pages = [f"learning.*{kind}" for kind in kinds]
    return {"editor": pages, "chief-editor": pages, "national-team": ["learning.*"]}
