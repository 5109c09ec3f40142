"""Assignments and works, for tests."""

import uuid
from typing import Any

from accounts.factories import UserFactory

from ..models import Cohort, Enrolment, LearningPath, LearningPathPage, Submission, Unit, UnitPage
from ..paths import structure
from ..paths.factories import make_enrolment, make_path, units_of
from . import services
from .blocks import Criterion, criteria_of

CRITERIA = ("Le texte dit où venir", "Il tient en deux phrases")


def make_assignment(**fields: Any) -> tuple[LearningPath, Unit]:
    """A path of one assignment; `fields` are those of its block."""
    path = make_path({"rule": "decided"})
    unit = units_of(path)[0]
    page = UnitPage.objects.get(translation_key=unit.uuid)
    value = {
        "instructions": "<p>Rédigez l’annonce de votre permanence.</p>",
        "expected": "both",
        "most_files": 3,
        "criteria": [{"label": label, "hint": ""} for label in CRITERIA],
        "grading": "criteria",
        "attempts": 0,
        "feedback_days": 7,
        **fields,
    }
    page.content = [
        ("assignment", page.content.stream_block.child_blocks["assignment"].to_python(value))
    ]
    page.rule = "decided"
    page.save()
    structure.publish_version(LearningPathPage.objects.get(translation_key=path.uuid))
    path.refresh_from_db()
    return path, unit


def make_cohort(path: LearningPath, *trainers: Any, **fields: Any) -> Cohort:
    cohort = Cohort.objects.create(path=path, **{"name": "Groupe", **fields})
    cohort.trainers.set(trainers)
    return cohort


def make_learner(path: LearningPath, cohort: Cohort | None = None, user: Any = None) -> Enrolment:
    return make_enrolment(path, user or UserFactory(), cohort=cohort)


def hand_in(enrolment: Enrolment, unit: Unit, text: str = "Venez mardi à la mairie.") -> Submission:
    """A work handed in, over whatever draft there is."""
    last = services.last_of(enrolment, unit)
    revision = last.revision if last is not None and last.is_draft else 0
    return services.submit(
        enrolment, unit, text, expected="both", revision=revision, key=uuid.uuid4()
    )


def criteria(unit: Unit) -> list[Criterion]:
    page = UnitPage.objects.get(translation_key=unit.uuid)
    return criteria_of(page.content[0].value)
