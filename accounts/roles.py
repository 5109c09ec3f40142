"""`has_role`: the only question to ask about who a person is in the network.

    has_role(user, "editor")                             anywhere
    has_role(user, "trainer", Scope("department", "01"))  over this department

A role given over a wider scope holds over what lies within: national over all, a region over its
departments. What lies within what is said by the providers of `cms.registry.scope_parents`, one for
each kind of scope. Agent and manager come from Maison memberships, through
`cms.registry.role_sources`. See `docs/roles.md`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms import registry
from cms.request_scope import remember

from .models import RoleAssignment, User
from .scopes import MEMBERSHIP_ROLES, NATIONAL, ROLES, Scope, ScopeKind, role_label, roles_granting

__all__ = [
    "NATIONAL",
    "Held",
    "RoleSource",
    "Scope",
    "ScopeKind",
    "has_role",
    "holders",
    "roles_of",
]


class UnknownRole(ValueError):
    """A role that is neither assignable nor given by a source: surely a spelling mistake."""


@dataclass(frozen=True)
class Held:
    """One role held over one scope, for lists and exports."""

    role: str
    scope: Scope
    starts_at: datetime
    ends_at: datetime | None = None
    label: str = ""

    @property
    def role_label(self) -> str:
        return role_label(self.role)


class RoleSource(Protocol):
    """What an app registers in `cms.registry.role_sources` for roles that it holds itself.

    Only what is in force now counts.
    """

    roles: frozenset[str]

    def has_role(self, user: Any, role: str, scope: Scope | None) -> bool:
        """`scope` None: anywhere."""

    def assignments(self, user: Any) -> Iterable[Held]: ...

    def user_ids(self, role: str, scope: Scope | None) -> Iterable[int] | QuerySet[Any]:
        """Primary keys of those who hold the role over the scope (None: anywhere)."""

    def user_ids_changed(self, since: datetime, until: datetime) -> Iterable[int] | QuerySet[Any]:
        """Primary keys of those of whom a role began or ended by date in between. May be missing."""


def has_role(user: Any, role: str, scope: Scope | None = None) -> bool:
    """Whether this person holds the role now, over this scope (anywhere when None).

    A superuser holds every role but those of a Maison, which come from memberships alone.
    Raises UnknownRole.
    """
    source = _source(role)
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if source is not None:
        return source.has_role(user, role, scope)
    if user.is_superuser:
        return True
    granting = roles_granting(role)
    scopes = {held.scope for held in _assigned(user) if held.role in granting}
    if scope is None or not scopes:
        return bool(scopes)
    return any(wider in scopes for wider in scope_and_wider(scope))


def has_any_role(user: Any, *roles: str) -> bool:
    return any(has_role(user, role) for role in roles)


def roles_of(user: Any) -> list[Held]:
    """Every role in force of this person, with its scope; what a role includes is not repeated."""
    if not getattr(user, "is_authenticated", False):
        return []
    held = [Held(row.role, row.scope, row.starts_at, row.ends_at) for row in _assigned(user)]
    for source in registry.role_sources:
        held.extend(source.assignments(user))
    return held


def role_codes(user: Any) -> frozenset[str]:
    return frozenset(held.role for held in roles_of(user))


def role_codes_of(users: Iterable[User]) -> dict[int, set[str]]:
    """Codes of the roles in force of many people, by primary key, in as many queries as for one."""
    found: dict[int, set[str]] = {user.pk: set() for user in users}
    rows = RoleAssignment.objects.in_force().filter(user_id__in=found)
    for pk, role in rows.values_list("user_id", "role"):
        found[pk].add(role)
    for source in registry.role_sources:
        for role in source.roles:
            people = User.objects.filter(pk__in=found).filter(pk__in=source.user_ids(role, None))
            for pk in people.values_list("pk", flat=True):
                found[pk].add(role)
    return found


def holders(role: str, scope: Scope | None = None) -> QuerySet[User]:
    """The active people who hold this role now over the scope (anywhere when None).

    Superusers are not counted in: they can do all, but are not addressees.
    """
    source = _source(role)
    active = User.objects.filter(is_active=True)
    if source is not None:
        return active.filter(pk__in=source.user_ids(role, scope))
    rows = RoleAssignment.objects.in_force().filter(role__in=roles_granting(role))
    if scope is not None:
        within = Q()
        for wider in scope_and_wider(scope):
            within |= Q(scope_kind=wider.kind, scope_code=wider.code)
        rows = rows.filter(within)
    return active.filter(pk__in=rows.values("user_id"))


def scope_and_wider(scope: Scope) -> Iterator[Scope]:
    """The scope itself, then whatever contains it, the country last."""
    seen: set[Scope] = set()
    waiting = [scope]
    while waiting:
        current = waiting.pop(0)
        if current in seen or current == NATIONAL:
            continue
        seen.add(current)
        yield current
        parents = registry.scope_parents.get(current.kind)
        if parents is not None:
            waiting.extend(parents(current))
    yield NATIONAL


def _source(role: str) -> RoleSource | None:
    for source in registry.role_sources:
        if role in source.roles:
            return source
    if role in ROLES:
        return None
    if role in MEMBERSHIP_ROLES:
        return _NOBODY
    raise UnknownRole(f"No such role: {role!r}. Roles are listed in docs/roles.md.")


def _assigned(user: Any) -> list[RoleAssignment]:
    """In one query a request; dates are read again for each call outside a request."""
    rows: list[RoleAssignment] = remember(
        ("role-assignments", user.pk),
        lambda: list(RoleAssignment.objects.in_force(timezone.now()).filter(user_id=user.pk)),
    )
    return rows


class _Nobody:
    """Stands for the memberships while no app provides them."""

    roles: frozenset[str] = frozenset(MEMBERSHIP_ROLES)

    def has_role(self, user: Any, role: str, scope: Scope | None) -> bool:
        return False

    def assignments(self, user: Any) -> Iterable[Held]:
        return []

    def user_ids(self, role: str, scope: Scope | None) -> Iterable[int]:
        return []


_NOBODY = _Nobody()
