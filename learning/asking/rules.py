"""Who reads and answers which question."""

from typing import Any

from django.db.models import Q

from ..models import Cohort, Enrolment
from ..rules import steers


def _answered_by(user: Any) -> Q:
    if steers(user):
        # Not an empty Q: with "or", it would count for nothing.
        return Q(pk__isnull=False)
    named = Cohort.trainers.through.objects.filter(user=user).values("cohort")
    return Q(enrolment__cohort__in=named)


def questions_seen_by(rows: Any, user: Any) -> Any:
    """One's own; those one answers; those that their author shares with one's cohort. What was taken back
    is its author's alone."""
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    mine = Enrolment.objects.filter(user=user, cohort__isnull=False).in_force().values("cohort")
    shared = Q(may_be_shared=True, shared_at__isnull=False, enrolment__cohort__in=mine)
    return rows.filter(
        Q(enrolment__user=user) | (_answered_by(user) | shared) & Q(withdrawn_at=None)
    )


def questions_read_with(rows: Any, enrolment: Enrolment) -> Any:
    """What `questions_seen_by` gives to somebody as a learner of this enrolment: their own, and those that
    are shared with its cohort. Every page of a unit asks it, so what a trainer sees is not asked."""
    read = Q(enrolment__user=enrolment.user_id)
    if enrolment.cohort_id:
        shared = Q(may_be_shared=True, shared_at__isnull=False, withdrawn_at=None)
        read |= shared & Q(enrolment__cohort=enrolment.cohort_id)
    return rows.filter(read)


def questions_answered_by(rows: Any, user: Any) -> Any:
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    return rows.filter(_answered_by(user), withdrawn_at=None).exclude(enrolment__user=user)
