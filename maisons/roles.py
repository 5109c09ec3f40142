"""What memberships and roles say of the Maisons: the source of two roles, and a person's reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.roles import Held, Scope, has_role, roles_of
from accounts.scopes import AGENT, HOST_MANAGER, MANAGER, NATIONAL_TEAM, PREFECTURE_REFERENT
from cms.request_scope import remember

from .models import HostOrganisation, Maison, Membership, Operator

MAISON, HOST, OPERATOR, DEPARTMENT = "maison", "host-organisation", "operator", "department"


class MembershipSource:
    """Agent and manager of a Maison: from memberships alone (`accounts.roles.RoleSource`).

    Over a Maison only: nobody is an agent over a department.
    """

    roles = frozenset({AGENT, MANAGER})

    def has_role(self, user: Any, role: str, scope: Scope | None) -> bool:
        held = [row for row in memberships_of(user) if row.role == role]
        if scope is None:
            return bool(held)
        return scope.kind == MAISON and any(row.maison.slug == scope.code for row in held)

    def assignments(self, user: Any) -> Iterable[Held]:
        for row in memberships_of(user):
            scope = Scope(MAISON, row.maison.slug)
            yield Held(row.role, scope, row.starts_at, row.ends_at, label=row.maison.name)

    def user_ids(self, role: str, scope: Scope | None) -> Any:
        rows = Membership.objects.in_force().filter(role=role)
        if scope is not None:
            if scope.kind != MAISON:
                return []
            rows = rows.filter(maison__slug=scope.code)
        return rows.values("user_id")


def memberships_of(user: Any) -> list[Membership]:
    """Memberships in force of this person with their Maisons, in one query a request."""
    if not getattr(user, "is_authenticated", False):
        return []
    rows: list[Membership] = remember(
        ("memberships", user.pk),
        lambda: list(
            Membership.objects.in_force()
            .filter(user_id=user.pk)
            .select_related("maison__commune__department")
        ),
    )
    return rows


@dataclass(frozen=True)
class Reach:
    """How far a person's roles go over the network, beyond what everybody sees."""

    everything: bool = False
    maisons: frozenset[int] = frozenset()
    managed: frozenset[int] = frozenset()
    host_organisations: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()

    @property
    def nothing(self) -> bool:
        return self == Reach()


def reach_of(user: Any) -> Reach:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Reach()
    found: Reach = remember(("reach", user.pk), lambda: _reach(user))
    return found


def _reach(user: Any) -> Reach:
    if has_role(user, NATIONAL_TEAM):
        return Reach(everything=True)
    mine = memberships_of(user)
    held = roles_of(user)
    return Reach(
        maisons=frozenset(row.maison_id for row in mine),
        managed=frozenset(row.maison_id for row in mine if row.role == MANAGER),
        host_organisations=_codes(held, HOST_MANAGER, HOST),
        departments=_codes(held, PREFECTURE_REFERENT, DEPARTMENT),
    )


def _codes(held: list[Held], role: str, kind: str) -> frozenset[str]:
    return frozenset(h.scope.code for h in held if h.role == role and h.scope.kind == kind)


def maison_parents(scope: Scope) -> Iterable[Scope]:
    """A role over a host organisation or a department holds over its Maisons."""
    row = (
        Maison.objects.filter(slug=scope.code)
        .values_list("host_organisation__slug", "commune__department")
        .first()
    )
    if row:
        host, department = row
        if host:
            yield Scope(HOST, host)
        yield Scope(DEPARTMENT, department)


def host_organisation_choices() -> Iterable[tuple[str, str]]:
    return HostOrganisation.objects.values_list("slug", "name")


def operator_choices() -> Iterable[tuple[str, str]]:
    return Operator.objects.filter(active=True).values_list("code", "name")
