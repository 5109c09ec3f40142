"""Who may manage people. Listed in docs/roles.md."""

from typing import Any

import rules

from .models import User
from .roles import has_role
from .scopes import ADMINISTRATOR, NATIONAL_TEAM, ROLES


@rules.predicate
def is_administrator(user: Any) -> bool:
    return has_role(user, ADMINISTRATOR)


@rules.predicate
def is_national_team(user: Any) -> bool:
    return has_role(user, NATIONAL_TEAM)


@rules.predicate
def outranks(user: Any, person: Any) -> bool:
    """An administrator is managed by administrators alone."""
    return not isinstance(person, User) or not is_administrator(person)


@rules.predicate
def is_somebody_else(user: Any, person: Any) -> bool:
    return user != person


can_manage = is_administrator | (is_national_team & outranks)

rules.add_perm("accounts.manage_people", is_national_team)
rules.add_perm("accounts.manage_person", can_manage)
rules.add_perm("accounts.deactivate_person", can_manage & is_somebody_else)
rules.add_perm("accounts.reset_second_factor", is_administrator)
rules.add_perm("accounts.erase_person", is_administrator & is_somebody_else)


def roles_to_give(user: Any) -> list[str]:
    """Codes of the roles that this person may give and end."""
    if is_administrator(user):
        return list(ROLES)
    if is_national_team(user):
        return [code for code in ROLES if code != ADMINISTRATOR]
    return []
