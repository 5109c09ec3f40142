"""Who may do what with webinars. Listing is `visible_to`, which agrees."""

from typing import Any

import rules
from django.db.models import Q

from maisons.roles import reach_of

from ..rules import is_member_of_the_network, is_national_team, steers, team_of


def rows_seen_by(rows: Any, user: Any) -> Any:
    """Registrations or presences: one's own, those of one's team, those of the webinars that one runs."""
    from ..models import Webinar

    if not getattr(user, "is_authenticated", False):
        return rows.none()
    if steers(user):
        return rows
    seen = Q(user=user) | Q(webinar__in=Webinar.objects.run_by(user).values("pk"))
    reach = reach_of(user)
    if reach.managed or reach.host_organisations:
        seen |= Q(user__in=team_of(user).values("user"))
    return rows.filter(seen)


@rules.predicate
def is_in_the_team(user: Any, webinar: Any) -> bool:
    from ..models import WebinarPage

    if webinar is None or not getattr(user, "is_authenticated", False):
        return False
    pages = WebinarPage.objects.filter(translation_key=webinar.uuid, trainers=user)
    return bool(pages.exists())


rules.add_perm("learning.follow_webinar", is_member_of_the_network)
rules.add_perm("learning.run_webinar", is_national_team | is_in_the_team)
