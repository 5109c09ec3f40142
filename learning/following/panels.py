"""What awaits a trainer, in the professional space and on "Mes formations"."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import has_role
from accounts.scopes import TRAINER
from cms import registry

from ..models import Cohort
from ..rules import steers
from ..steering import panels
from . import awaiting, queries

MOST_SHOWN = 5


def _mine(request: HttpRequest) -> list[tuple[Cohort, list[str]]]:
    """The cohorts on which a trainer is named and that go on, with what waits in each."""
    if not has_role(request.user, TRAINER) or steers(request.user):
        return []
    own = Cohort.objects.filter(trainers=request.user, archived_at=None)
    rows = list(queries.with_counts(own).order_by("-to_help", "-created_at", "pk")[:MOST_SHOWN])
    waiting = awaiting.of(own) if rows else []
    return [(row, _waits(row, waiting)) for row in rows]


def _waits(cohort: Any, waiting: list[awaiting.Waiting]) -> list[str]:
    said = [each.label(n) for each in waiting if (n := each.by_cohort.get(cohort.pk, 0))]
    return [people_wait(cohort.to_help), *said] if cohort.to_help else said


def people_wait(number: int) -> str:
    return ngettext("%(n)d person to follow up", "%(n)d people to follow up", number) % {
        "n": number
    }


@panels.register
def my_cohorts(request: HttpRequest) -> dict[str, Any] | None:
    """ "Mes cohortes", on "Mes formations"."""
    found = _mine(request)
    if not found:
        return None
    return {
        "title": _("My cohorts"),
        "template": "learning/following/panel.html",
        "context": {"cohorts": found},
        "order": 60,
    }


@registry.pro_panels.provide("learning.following")
def to_follow_up(request: HttpRequest) -> dict[str, Any] | None:
    """The same in the professional space, with the cohort that waits most as what to do."""
    found = _mine(request)
    if not found:
        return None
    panel: dict[str, Any] = {
        "title": _("My cohorts"),
        "template": "learning/following/panel.html",
        "context": {"cohorts": found},
        "order": 16,
    }
    first, waits = found[0]
    if waits:
        panel["action"] = {
            "kicker": _("My cohorts"),
            "title": first.name,
            "text": " · ".join(waits),
            "label": _("See who waits"),
            "url": reverse("learning:cohort", args=[first.uuid]),
        }
    return panel
