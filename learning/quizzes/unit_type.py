"""The quiz as a type of unit: what its page shows before, between and after attempts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import LearningPath, Unit
from ..paths import structure
from ..paths.kinds import CompletionRule as Rule
from ..paths.unit_types import UnitType, register
from . import attempts, preview, terms, units
from .rules import writes_questions


def context(page: Any, request: Any) -> dict[str, Any]:
    """What the unit's page needs besides its block. Without an enrolment: a trial that keeps nothing."""
    value, enrolment = units.quiz_value(page), page.enrolment
    path = enrolment.path if enrolment else _path(request)
    found = {"path": path, "count": units.count_of(value), "trial": None, "standing": None}
    version = enrolment.version if enrolment else path.version
    place = structure.read(version).find(str(page.translation_key))
    if enrolment is None:
        found["terms"] = terms.of_unit(value, place) if place else terms.Terms()
        found["trial"] = preview.trial(value)
        found["reads_items"] = writes_questions(request.user)
        return found
    unit = Unit.objects.get(path=path, uuid=page.translation_key)
    own = terms.of_person(value, place, enrolment, unit)
    return {**found, "terms": own, "standing": attempts.standing(own, enrolment, unit)}


def _path(request: Any) -> LearningPath:
    rows = LearningPath.objects.select_related("version")
    return rows.get(uuid=request.resolver_match.kwargs["uuid"])


register(
    UnitType(
        units.KIND,
        _("Quiz"),
        "circle-check",
        (Rule.SCORE, Rule.MARKED, Rule.DECIDED),
        "learning/quizzes/unit.html",
        context,
        styles=("css/quizzes.css",),
    )
)
