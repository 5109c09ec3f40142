"""Rules of cohorts, for tests."""

from typing import Any

from ..models import Cohort, CohortRule


def make_rule(
    cohort: Cohort, *, departments: Any = (), maisons: Any = (), **fields: Any
) -> CohortRule:
    rule = CohortRule.objects.create(cohort=cohort, **fields)
    rule.departments.set(departments)
    rule.maisons.set(maisons)
    return rule
