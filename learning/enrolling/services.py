"""Enrolling others, and the life of a cohort: one transaction each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..models import Cohort, Enrolment, EnrolmentAct, LearningPath
from ..paths import services as paths
from ..paths.kinds import EnrolmentSource, EnrolmentState
from ..paths.services import Fate, Outcome
from . import telling
from .overrides import with_own_due_date

MOST_AT_ONCE = 300


class CannotChange(ValidationError):
    """The cohort cannot be changed so; the message says why."""


@transaction.atomic
def enrol_people(
    path: LearningPath,
    people: Iterable[Any],
    *,
    by: Any,
    source: str,
    due_on: dt.date | None = None,
    cohort: Cohort | None = None,
    dues: Mapping[int, dt.date | None] | None = None,
    comes_back: bool = True,
) -> list[Outcome]:
    """Enrol others (`paths.services.enrol_many`) and tell those who were not enrolled before."""
    outcomes = paths.enrol_many(
        path,
        people,
        by=by,
        source=source,
        due_on=due_on,
        cohort=cohort,
        dues=dues,
        comes_back=comes_back,
    )
    told = (Fate.NEW, Fate.BACK)
    rows = [each.enrolment for each in outcomes if each.fate in told and each.enrolment]
    telling.enrolled(path, rows, by=by)
    return outcomes


def enrol_in_paths(
    chosen: Iterable[LearningPath], people: list[Any], *, by: Any, due_on: dt.date | None = None
) -> list[tuple[LearningPath, list[Outcome]]]:
    """Enrol a team in several paths: one transaction each, whatever becomes of the others."""
    return [
        (
            path,
            enrol_people(path, people, by=by, source=EnrolmentSource.MANAGER, due_on=due_on),
        )
        for path in chosen
    ]


# -- Cohorts --------------------------------------------------------------------------------------


def hold_cohort(cohort: Cohort) -> Cohort:
    """The cohort, which nobody else changes until the transaction ends."""
    return (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("path__version")
        .get(pk=cohort.pk)
    )


@transaction.atomic
def add_people(cohort: Cohort, people: Iterable[Any], *, by: Any) -> list[Outcome]:
    """Take people into a cohort, enrolled if need be. Raises CannotChange when it is closed."""
    row = hold_cohort(cohort)
    if not row.is_open:
        raise CannotChange(_("This cohort is closed."))
    return enrol_people(row.path, people, by=by, source=EnrolmentSource.COHORT, cohort=row)


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: Any) -> Cohort:
    """Take nobody any more; those who are in go on. Closed already: nothing happens."""
    row = hold_cohort(cohort)
    if row.is_open:
        row.archived_at = timezone.now()
        row.save(update_fields=["archived_at"])
        log(instance=row, action="learning.close_cohort", user=by)
    return row


@transaction.atomic
def reopen_cohort(cohort: Cohort, *, by: Any) -> Cohort:
    """Take people again; the clock applies its rule from its next look on."""
    row = hold_cohort(cohort)
    if not row.is_open:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        log(instance=row, action="learning.reopen_cohort", user=by)
    return row


@transaction.atomic
def move_due_dates(cohort: Cohort, *, by: Any) -> int:
    """Give its members the due date that the cohort now has; returns how many changed.

    Whoever was granted another one keeps it; whoever is through is left as they are.
    """
    rows = list(
        Enrolment.objects.select_for_update(of=("self",))
        .filter(cohort=cohort, superseded=False, state=EnrolmentState.ACTIVE)
        .select_related("user")
    )
    own = with_own_due_date(rows)
    changed = []
    for row in rows:
        due_on = cohort.due_for(timezone.localdate(row.created_at))
        if row.pk not in own and row.due_on != due_on:
            changed.append((row, row.due_on))
            row.due_on = due_on
    moved = [row for row, _before in changed]
    Enrolment.objects.bulk_update(moved, ["due_on"], batch_size=500)
    EnrolmentAct.objects.bulk_create(
        EnrolmentAct(
            enrolment=row,
            kind=EnrolmentAct.Kind.DUE,
            cohort=cohort,
            due_on=row.due_on,
            due_before=before,
            by=by,
        )
        for row, before in changed
    )
    telling.due_changed(cohort.path, moved)
    return len(moved)
