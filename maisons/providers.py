"""What the network gives to the other apps."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import registry

from . import demo_members, roles, url_cases  # noqa: F401
from .contact import providers as contact_providers  # noqa: F401
from .models import Maison, Membership
from .operators.access import OperatorGroups
from .operators.demo import Loader as OperatorPagesLoader
from .searching import MaisonSource


class DemoLoader:
    order = 30

    def load(self, verbosity: int = 1) -> None:
        from .demo_load import load_network

        load_network()


class PersonalData:
    """Where a person has worked, and when: exported; kept without their name when erased."""

    retention = {"maisons.Membership": Membership.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = Membership.objects.filter(user=user).select_related("maison")
        return {
            "memberships": [
                {
                    "maison": row.maison.name,
                    "role": row.role,
                    "from": row.starts_at.isoformat(),
                    "until": row.ends_at.isoformat() if row.ends_at else None,
                }
                for row in rows.order_by("starts_at")
            ]
        }

    def erase(self, user: Any) -> None:
        from .services import end_membership

        for row in Membership.objects.in_force().filter(user=user):
            end_membership(row)


registry.demo_loaders.register("maisons", DemoLoader())
registry.demo_loaders.register("maisons.operators", OperatorPagesLoader())
registry.search_documents.register("maisons", MaisonSource())
registry.personal_data.register("maisons", PersonalData())
registry.scoped_groups.register("operators", OperatorGroups())
registry.role_sources.register("maisons", roles.MembershipSource())
registry.scope_parents.register(roles.MAISON, roles.maison_parents)
registry.scope_choices.register(roles.HOST, roles.host_organisation_choices)
registry.scope_choices.register(roles.OPERATOR, roles.operator_choices)


@registry.admin_permissions.provide("maisons")
def admin_permissions() -> dict[str, list[str]]:
    return {"national-team": ["maisons.*"]}


@registry.listing_cards.provide("maisons")
def listing_cards(objects: Iterable[Any], request: HttpRequest) -> list[dict[str, Any]]:
    from .queries import cards

    return cards([obj for obj in objects if isinstance(obj, Maison)], request)


@registry.sitemap_entries.provide("maisons")
def sitemap_entries() -> Iterable[dict[str, Any]]:
    from .queries import sitemap_entries

    return sitemap_entries()


@registry.site_map_links.provide("maisons")
def site_map_links(request: HttpRequest) -> Iterable[dict[str, Any]]:
    from .queries import departments_of_the_network

    address = reverse("maisons:list")
    yield {
        "label": _("Maisons"),
        "url": address,
        "order": 10,
        "children": [
            (department.label, f"{address}?departement={department.code}")
            for department in departments_of_the_network(request.user)
        ],
    }
    yield {"label": _("Write to us"), "url": reverse("contact:form"), "order": 90}
