"""What the addresses of alerts answer to each role."""

from collections.abc import Iterator
from uuid import UUID

from cms import registry
from cms.matrix import Case, only, signed_in

MEMBERS = (
    *("agent", "manager", "host-manager", "trainer", "editor", "chief-editor"),
    *("national-team", "prefecture-referent", "operator-editor", "administrator"),
)


@registry.url_cases.provide("learning.alerts")
def cases() -> Iterator[Case]:
    page = "/espace-pro/formations/alertes/"
    yield Case(page, only(*MEMBERS, others=403))
    yield Case(f"{page}?module=zz&commune=zz&rayon=x", only(*MEMBERS, others=403))
    # Of somebody else, or of nobody: not found.
    yield Case(f"{page}{UUID(int=0)}/retirer/", signed_in(404), method="post")
