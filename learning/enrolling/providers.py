"""What enrolling gives to the others: its tab, its jobs, its place in the professional space."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry

from ..following import tabs
from . import demo, jobs, log_words, notifications, own_terms, personal, receivers, rules, url_cases  # noqa: F401

tabs.register(tabs.Tab("members", "learning:cohort-members", gettext_lazy("Members"), 20))


@registry.pro_doors.provide("learning.enrolling")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("learning.register_others"):
        yield {
            "door": "learn",
            "label": _("Enrol my team in a path"),
            "text": _("Choose who and which path; or from a file."),
            "url": reverse("learning:enrol-team"),
            "order": 35,
        }
