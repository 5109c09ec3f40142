"""People of the network, found by whoever may register them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import RoleAssignment, User
from accounts.names import named
from maisons.models import Membership

SHORTEST = 3
MOST = 20


def members() -> QuerySet[User]:
    """Active people who belong to a Maison or hold a role of the network."""
    held = Q(pk__in=Membership.objects.in_force().values("user"))
    held |= Q(pk__in=RoleAssignment.objects.in_force().values("user"))
    return User.objects.filter(held, is_active=True)


def with_maisons(rows: QuerySet[User]) -> QuerySet[User]:
    """With `current`, their memberships in force."""
    current = Membership.objects.in_force().select_related("maison__commune__department")
    return rows.prefetch_related(
        Prefetch("memberships", queryset=current.order_by("maison__name"), to_attr="current")
    )


def search(asked: str, rows: QuerySet[User] | None = None) -> list[User]:
    """Members whose names hold each word, or whose whole address this is. An address is never
    completed: it must be known already. rows: the people among whom to look, else all members."""
    asked = asked.strip()
    if len(asked) < SHORTEST:
        return []
    people = members() if rows is None else rows
    found = people.filter(email=asked.lower()) if "@" in asked else named(people, asked)
    return list(with_maisons(found.order_by("last_name", "first_name", "pk"))[:MOST])


def maison_of(person: Any, slug: str) -> Any:
    """The Maison on whose behalf they come: that one, when they are of it; else their first."""
    held = Membership.objects.in_force().filter(user=person).select_related("maison")
    row = held.filter(maison__slug=slug).first() or held.order_by("starts_at", "pk").first()
    return row.maison if row else None
