"""Who may write which sheet. Reading is `visible_to(user)`; publishing is for moderators."""

from typing import Any

import rules
from django.db.models import Q

from cms.request_scope import remember
from maisons.models import Maison
from maisons.roles import memberships_of, reach_of

from .models import ProjectSheetPage


def maisons_of(user: Any) -> list[Maison]:
    """The Maisons in whose name this person may write: theirs, and those of their host organisation.

    The national team writes in the admin, as editors do.
    """
    reach = reach_of(user)
    if not (reach.maisons or reach.host_organisations):
        return []
    return remember(
        ("maisons-written-for", user.pk), lambda: list(_open(user).with_place().in_order())
    )


def _open(user: Any) -> Any:
    reach = reach_of(user)
    return Maison.objects.exclude(status=Maison.Status.CLOSED).filter(
        Q(pk__in=reach.maisons) | Q(host_organisation__slug__in=reach.host_organisations)
    )


@rules.predicate
def contributes(user: Any) -> bool:
    """Asked on every page of the space: those of a host organisation may be five hundred."""
    if any(row.maison.status != Maison.Status.CLOSED for row in memberships_of(user)):
        return True
    if not reach_of(user).host_organisations:
        return False
    return remember(("contributes", user.pk), lambda: _open(user).exists())


@rules.predicate
def is_of_its_maison(user: Any, sheet: ProjectSheetPage | None) -> bool:
    return (
        sheet is not None
        and sheet.contributed_by_id is not None
        and sheet.contributed_by_id in {maison.pk for maison in maisons_of(user)}
    )


@rules.predicate
def was_never_public(user: Any, sheet: ProjectSheetPage | None) -> bool:
    return sheet is not None and not sheet.live and sheet.first_published_at is None


rules.add_perm("initiatives.contribute", contributes)
rules.add_perm("initiatives.edit_sheet", is_of_its_maison)
rules.add_perm("initiatives.discard_sheet", is_of_its_maison & was_never_public)
