"""Writing a cohort as its form says: the row, its trainers, its rule, then who enters at once."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..models import Cohort, CohortRule
from ..rules import steers
from . import cohort_rules, services
from .cohort_rules import Condition
from .forms import CohortForm


def save(form: CohortForm, *, by: Any, cohort: Cohort | None = None) -> tuple[Cohort, int, int]:
    """Make or change a cohort. Returns it, how many due dates moved and how many people entered.

    People enter in transactions of their own, after the cohort is there.
    """
    cohort, moved = _write(form, by=by, cohort=cohort)
    entered = cohort_rules.apply(cohort) if form.condition else []
    return cohort, moved, sum(outcome.enrolment is not None for outcome in entered)


@transaction.atomic
def _write(form: CohortForm, *, by: Any, cohort: Cohort | None) -> tuple[Cohort, int]:
    data = form.cleaned_data
    made = cohort is None
    if cohort is None:
        row = Cohort(path=form.offered[data["path"]].path, created_by=by)
    else:
        row = services.hold_cohort(cohort)
    before = (row.due_on, row.due_days)
    row.name, row.due_on, row.due_days = data["name"], data["due_on"], data["due_days"]
    row.save()
    trainers = list(data["trainers"])
    # A trainer who left themselves out would no longer see what they have just made.
    row.trainers.set(trainers if steers(by) else {*trainers, by})
    _write_rule(row, form.condition, by)
    moved = 0 if made or before == (row.due_on, row.due_days) else _move(row, by)
    action = "learning.make_cohort" if made else "learning.change_cohort"
    log(instance=row, action=action, user=by)
    return row, moved


def _move(cohort: Cohort, by: Any) -> int:
    return services.move_due_dates(cohort, by=by)


def _write_rule(cohort: Cohort, asked: Condition, by: Any) -> None:
    if not asked:
        CohortRule.objects.filter(cohort=cohort).delete()
        return
    rule, _made = CohortRule.objects.update_or_create(
        cohort=cohort,
        defaults={
            "role": asked.role,
            "host_kind": asked.host_kind,
            "joined_from": asked.joined_from,
            "joined_until": asked.joined_until,
            "set_by": by,
            "set_at": timezone.now(),
        },
    )
    rule.departments.set(asked.departments)
    rule.maisons.set(asked.maisons)
