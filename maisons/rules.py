"""Who may do what with Maisons. Listing is `Maison.objects.visible_to(user)`, which agrees."""

from typing import Any

import rules

from accounts.roles import Scope, has_role
from accounts.scopes import AGENT, HOST_MANAGER, MANAGER, NATIONAL_TEAM

from .models import Maison, Membership
from .roles import HOST, MAISON, reach_of


def _maison(obj: Any) -> Maison | None:
    return obj.maison if isinstance(obj, Membership) else obj


@rules.predicate
def is_national_team(user: Any) -> bool:
    return has_role(user, NATIONAL_TEAM)


@rules.predicate
def is_agent(user: Any, obj: Any) -> bool:
    maison = _maison(obj)
    return maison is not None and has_role(user, AGENT, Scope(MAISON, maison.slug))


@rules.predicate
def is_manager(user: Any, obj: Any) -> bool:
    maison = _maison(obj)
    return maison is not None and has_role(user, MANAGER, Scope(MAISON, maison.slug))


@rules.predicate
def manages_host(user: Any, obj: Any) -> bool:
    maison = _maison(obj)
    host = maison.host_organisation if maison is not None else None
    return host is not None and has_role(user, HOST_MANAGER, Scope(HOST, host.slug))


@rules.predicate
def may_see(user: Any, obj: Any) -> bool:
    maison = _maison(obj)
    if maison is None:
        return False
    if maison.is_public:
        return True
    reach = reach_of(user)
    host = maison.host_organisation
    return (
        reach.everything
        or maison.pk in reach.maisons
        or (host is not None and host.slug in reach.host_organisations)
        or maison.commune.department_id in reach.departments
    )


@rules.predicate
def receives_requests(user: Any) -> bool:
    """Whoever answers at a desk: of a Maison, of a department, of the national team."""
    reach = reach_of(user)
    return bool(reach.everything or reach.managed or reach.host_organisations or reach.departments)


runs_maison = is_national_team | is_manager | manages_host

rules.add_perm("maisons.see_maison", may_see)
rules.add_perm("maisons.edit_maison", runs_maison)
rules.add_perm("maisons.manage_members", runs_maison)
rules.add_perm("maisons.create_maison", is_national_team)
rules.add_perm("maisons.set_status", is_national_team)
rules.add_perm("maisons.receive_requests", receives_requests)
