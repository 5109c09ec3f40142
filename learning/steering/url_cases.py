"""What the screens of training answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, signed_in


@registry.url_cases.provide("learning.steering")
def cases() -> Iterator[Case]:
    yield Case("/espace-pro/formations/", signed_in())
    yield Case("/espace-pro/formations/historique/", signed_in())
    yield Case("/espace-pro/formations/historique/?annee=x&module=zz&page=abc", signed_in())
    # A wrong filter sends back to the page, which says so: a document is long to make.
    yield Case("/espace-pro/formations/historique/pdf/?annee=x", signed_in(302))
    yield Case("/exports/mes-formations/?format=csv", signed_in())
