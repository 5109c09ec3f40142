"""What the addresses of the network answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, public


@registry.url_cases.provide("maisons")
def cases() -> Iterator[Case]:
    from .factories import MaisonFactory

    yield Case("/maisons/", public())
    yield Case(f"/maisons/{MaisonFactory().slug}/", public())
    yield Case("/maisons/nulle-part/", public(404))
