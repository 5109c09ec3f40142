"""Who reads and marks which work. A manager reads none: only who marks, and who wrote."""

import datetime as dt
from typing import Any

import rules
from django.db.models import Q

from ..models import Cohort
from ..paths.kinds import EnrolmentState
from ..rules import steers
from .kinds import FileSide, SubmissionState

# A trainer who opened a work has so long to mark it; then it is free again.
CLAIM = dt.timedelta(minutes=60)


def cohorts_of(user: Any) -> Any:
    """Cohorts whose work this person marks: those they are named on; all for the national team."""
    if not getattr(user, "is_authenticated", False):
        return Cohort.objects.none()
    if steers(user):
        return Cohort.objects.all()
    return Cohort.objects.filter(trainers=user)


def _marked(user: Any, prefix: str = "") -> Q:
    """What this person marks: of others, handed in."""
    handed_in = ~Q(**{f"{prefix}state": SubmissionState.DRAFT})
    if steers(user):
        return handed_in
    named = Cohort.trainers.through.objects.filter(user=user).values("cohort")
    return handed_in & Q(**{f"{prefix}enrolment__cohort__in": named})


def submissions_seen_by(rows: Any, user: Any) -> Any:
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    return rows.filter(Q(enrolment__user=user) | _marked(user))


def submissions_to_mark(rows: Any, user: Any) -> Any:
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    return (
        rows.filter(_marked(user), state=SubmissionState.SUBMITTED, marked_at=None)
        .filter(enrolment__superseded=False)
        .exclude(enrolment__state=EnrolmentState.LEFT)
        .exclude(enrolment__user=user)
    )


def files_seen_by(rows: Any, user: Any) -> Any:
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    own = Q(submission__enrolment__user=user)
    own &= Q(side=FileSide.WORK) | Q(submission__told_at__isnull=False)
    return rows.filter(own | _marked(user, "submission__"), removed_at=None)


def may_read(user: Any, file: Any) -> bool:
    """For `cms.registry.file_readers`."""
    from ..models import SubmissionFile

    if not isinstance(file, SubmissionFile):
        return False
    return SubmissionFile.objects.visible_to(user).filter(pk=file.pk).exists()


@rules.predicate
def marks(user: Any) -> bool:
    """Named on a cohort, or of the national team."""
    return steers(user) or bool(cohorts_of(user).exists())


rules.add_perm("learning.mark_submissions", marks)
