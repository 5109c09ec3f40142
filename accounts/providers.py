"""What accounts gives to the other apps."""

from collections.abc import Iterable

from cms import registry
from cms.models import Department, Region
from cms.request_scope import remember

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
