"""What following a cohort gives to the others: its tabs, its job, its place in the professional space."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import has_role
from accounts.scopes import TRAINER
from cms import registry

from ..rules import steers
from . import demo, exports, jobs, log_words, panels, personal, quizzes, sources, tabs, url_cases  # noqa: F401

tabs.register(tabs.Tab("people", "learning:cohort", gettext_lazy("Follow-up"), 10))
tabs.register(tabs.Tab("quizzes", "learning:cohort-quizzes", gettext_lazy("Quizzes"), 50))
tabs.register(tabs.Tab("messages", "learning:cohort-messages", gettext_lazy("Messages"), 60))
tabs.register(tabs.Tab("rules", "learning:cohort-rules", gettext_lazy("Rules"), 70))


@registry.pro_doors.provide("learning.following")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    # By role alone: whoever is named without it would cost every page of everybody a query.
    if has_role(request.user, TRAINER) or steers(request.user):
        yield {
            "door": "activity",
            "label": _("My cohorts"),
            "text": _("Who progresses on a path, who is stuck and why."),
            "url": reverse("learning:cohorts"),
            "order": 31,
        }
