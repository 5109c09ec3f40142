"""Cohorts, for tests."""

from typing import Any

from ..models import Cohort, CohortRule, LearningPath


def make_cohort(path: LearningPath, *trainers: Any, **fields: Any) -> Cohort:
    values = {"name": "Nouveaux agents", "created_by": trainers[0] if trainers else None, **fields}
    cohort = Cohort.objects.create(path=path, **values)
    cohort.trainers.set(trainers)
    return cohort


def make_rule(
    cohort: Cohort, *, departments: Any = (), maisons: Any = (), **fields: Any
) -> CohortRule:
    rule = CohortRule.objects.create(cohort=cohort, **fields)
    rule.departments.set(departments)
    rule.maisons.set(maisons)
    return rule
