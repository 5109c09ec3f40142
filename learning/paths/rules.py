"""Who may do what with paths. Listing is `visible_to`, which agrees."""

from typing import Any

import rules
from django.db.models import Q

from accounts.roles import has_role
from accounts.scopes import EDITOR, TRAINER
from maisons.roles import reach_of

from ..rules import is_member_of_the_network, is_national_team, steers, team_of


def enrolments_seen_by(rows: Any, user: Any) -> Any:
    """One's own; those of one's team, while the membership lasts; those of the cohorts one is named on.

    The national team sees all.
    """
    from ..models import Cohort

    if not getattr(user, "is_authenticated", False):
        return rows.none()
    if steers(user):
        return rows
    named = Cohort.trainers.through.objects.filter(user=user).values("cohort")
    seen = Q(user=user) | Q(cohort__in=named)
    reach = reach_of(user)
    if reach.managed or reach.host_organisations:
        seen |= Q(user__in=team_of(user).values("user"))
    return rows.filter(seen)


@rules.predicate
def follows_cohort(user: Any, cohort: Any) -> bool:
    """Named on this cohort as a trainer; which is asked of its own trainers, not of a role."""
    if not getattr(user, "is_authenticated", False) or cohort is None:
        return False
    return any(trainer.pk == user.pk for trainer in cohort.trainers.all())


@rules.predicate
def reads_ahead(user: Any) -> bool:
    """Editors and trainers see units as a learner would, without being enrolled."""
    return bool(has_role(user, EDITOR) or has_role(user, TRAINER))


rules.add_perm("learning.follow_path", is_member_of_the_network)


@rules.predicate
def trains(user: Any) -> bool:
    """A trainer, who may be named on a cohort; or somebody who is."""
    from ..models import Cohort

    if not getattr(user, "is_authenticated", False):
        return False
    return bool(has_role(user, TRAINER)) or Cohort.objects.visible_to(user).exists()


rules.add_perm("learning.follow_cohorts", is_national_team | trains)
rules.add_perm("learning.follow_cohort", is_national_team | follows_cohort)
rules.add_perm("learning.preview_path", is_national_team | reads_ahead)
