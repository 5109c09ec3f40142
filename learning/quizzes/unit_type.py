"""The quiz as a type of unit: what its page shows before, between and after attempts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Unit
from ..paths import structure
from ..paths.kinds import CompletionRule as Rule
from ..paths.unit_types import UnitType, register
from . import attempts, terms, units


def context(page: Any, request: Any) -> dict[str, Any]:
    """What the unit's page needs besides its block; in a preview nobody has attempts."""
    value, enrolment = units.quiz_value(page), page.enrolment
    found = {"count": units.count_of(value), "terms": terms.of_unit(value, page), "standing": None}
    if enrolment is None:
        return {**found, "reads_items": request.user.has_perm("learning.write_questions")}
    unit = Unit.objects.get(path=enrolment.path_id, uuid=page.translation_key)
    place = structure.read(enrolment.version).find(str(unit.uuid))
    own = terms.of_person(value, place or page, enrolment, unit)
    return {**found, "terms": own, "standing": attempts.standing(own, enrolment, unit)}


register(
    UnitType(
        units.KIND,
        _("Quiz"),
        "circle-check",
        (Rule.SCORE, Rule.MARKED, Rule.DECIDED),
        "learning/quizzes/unit.html",
        context,
        styles=("css/quizzes.css",),
        grants=("attempts", "extra_minutes"),
    )
)
