"""Who sees and who revokes attestations. Managers see that a path is completed, never the file."""

from typing import Any

import rules
from django.db.models import Q

from ..rules import is_national_team, is_trainer, steers


def certificates_seen_by(rows: Any, user: Any) -> Any:
    """One's own, those of the cohorts one is named on, all for the national team."""
    from ..models import Cohort

    if not getattr(user, "is_authenticated", False):
        return rows.none()
    if steers(user):
        return rows
    named = Cohort.trainers.through.objects.filter(user=user).values("cohort")
    return rows.filter(Q(enrolment__user=user) | Q(enrolment__cohort__in=named))


rules.add_perm("learning.revoke_path_certificate", is_national_team)


# Trainers alone are named on cohorts (`learning.enrolling.forms`): no question for everybody else.
rules.add_perm("learning.follow_path_certificates", is_national_team | is_trainer)
