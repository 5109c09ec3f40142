"""Cohorts with their people, for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.factories import UserFactory

from ..models import Cohort, Enrolment, Flag, LearningPath, Unit, UnitProgress
from ..paths.factories import make_enrolment, make_path
from .kinds import FlagCause, FlagKind


def make_cohort(
    *trainers: Any, path: LearningPath | None = None, name: str = "Cohorte", **fields: Any
) -> Cohort:
    row = Cohort.objects.create(path=path or make_path(), name=name, **fields)
    row.trainers.set(trainers)
    return row


def make_learner(cohort: Cohort, user: Any = None, **fields: Any) -> Enrolment:
    """Somebody of the cohort, enrolled yesterday unless `created_at` says otherwise."""
    created_at = fields.pop("created_at", None)
    row = make_enrolment(cohort.path, user or UserFactory(), cohort=cohort, **fields)
    if created_at is not None:
        row.created_at = created_at
        row.save(update_fields=["created_at"])
    return row


def at_work(enrolment: Enrolment, unit: Unit, *, days: int, **fields: Any) -> UnitProgress:
    """Somebody began this unit so many days ago, and it is the last they worked on."""
    began = timezone.now() - dt.timedelta(days=days)
    row = UnitProgress.objects.create(
        enrolment=enrolment, unit=unit, started_at=began, last_at=began, **fields
    )
    enrolment.last_unit, enrolment.last_at = unit, began
    enrolment.save(update_fields=["last_unit", "last_at"])
    return row


def make_flag(enrolment: Enrolment, kind: str = FlagKind.INACTIVE, **fields: Any) -> Flag:
    """Something said of somebody, as the clock would have raised it yesterday."""
    began = timezone.now() - dt.timedelta(days=22)
    values = {"cause": FlagCause.IDLE, "limit": 21, "began_at": began, **fields}
    return Flag.objects.create(
        enrolment=enrolment, kind=kind, since=began + dt.timedelta(days=21), **values
    )
