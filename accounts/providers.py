"""What accounts gives to the other apps."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import accounts.threads.providers  # noqa: F401
from cms import registry
from cms.jobs import Job
from cms.models import Department, Region
from cms.request_scope import remember

from . import (  # noqa: F401
    moderation_kinds,
    personal_data,
    services,
    url_cases,
)
from .models import User
from .notify import purge as purge_notifications
from .notify import send_digests
from .scopes import Scope, ScopeKind


@registry.scope_parents.provide(ScopeKind.DEPARTMENT)
def region_of(scope: Scope) -> list[Scope]:
    regions: dict[str, str] = remember(
        "region-by-department",
        lambda: dict(Department.objects.values_list("code", "region_id")),
    )
    region = regions.get(scope.code)
    return [Scope(ScopeKind.REGION, region)] if region else []


@registry.scope_choices.provide(ScopeKind.DEPARTMENT)
def departments() -> Iterable[tuple[str, str]]:
    return [(d.code, d.label) for d in Department.objects.order_by("code")]


@registry.scope_choices.provide(ScopeKind.REGION)
def regions() -> Iterable[tuple[str, str]]:
    return Region.objects.order_by("name").values_list("code", "name")


registry.periodic_jobs.register(
    "accounts.daily_digest",
    Job("accounts.daily_digest", timedelta(hours=24), lambda: send_digests("daily")),
)
registry.periodic_jobs.register(
    "accounts.weekly_digest",
    Job("accounts.weekly_digest", timedelta(days=7), lambda: send_digests("weekly")),
)
registry.periodic_jobs.register(
    "accounts.purge_notifications",
    Job("accounts.purge_notifications", timedelta(hours=24), purge_notifications),
)


@registry.invitation_grants.provide("role")
class RoleGrant:
    """`{"kind": "role", "role": …, "scope_kind": …, "scope_code": …}`"""

    @staticmethod
    def validate(grant: dict[str, Any]) -> None:
        services.check_role_and_scope(grant["role"], _scope(grant))

    @staticmethod
    def apply(user: User, grant: dict[str, Any], by: User | None) -> None:
        services.grant(user, grant["role"], _scope(grant), by=by)

    @staticmethod
    def label(grant: dict[str, Any]) -> str:
        return services.described(grant["role"], _scope(grant))


def _scope(grant: dict[str, Any]) -> Scope:
    return Scope(grant.get("scope_kind", ScopeKind.NATIONAL), grant.get("scope_code", ""))


registry.personal_data.register("accounts", personal_data.People())
registry.periodic_jobs.register(
    "accounts.sync_groups_with_roles",
    Job("accounts.sync_groups_with_roles", timedelta(minutes=15), services.sync_due_groups),
)
registry.periodic_jobs.register(
    "accounts.purge_personal_data",
    Job("accounts.purge_personal_data", timedelta(hours=24), personal_data.purge),
)
