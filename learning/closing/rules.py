"""Who sees certificates and reports. Managers see modules, dates and results, never the files."""

from typing import Any

import rules
from django.db.models import Q

from maisons.roles import reach_of

from ..rules import is_national_team, steers


def certificates_seen_by(rows: Any, user: Any) -> Any:
    """One's own, those of the sessions one is named on, all for the national team."""
    from ..models import Session

    if not getattr(user, "is_authenticated", False):
        return rows.none()
    if steers(user):
        return rows
    through = Session.trainers.through.objects.filter(user=user).values("session")
    return rows.filter(Q(registration__user=user) | Q(registration__session__in=through))


@rules.predicate
def answers_for_maisons(user: Any) -> bool:
    """Managers, host organisations, prefecture referents, the national team."""
    reach = reach_of(user)
    return bool(reach.everything or reach.managed or reach.host_organisations or reach.departments)


rules.add_perm("learning.see_evidence", answers_for_maisons)
rules.add_perm("learning.close_in_spite", is_national_team)
rules.add_perm("learning.import_attendance", is_national_team)
