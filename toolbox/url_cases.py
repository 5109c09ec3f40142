"""What the addresses of the toolbox answer to each role. Its pages are walked by tests of their own."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, public, signed_in


@registry.url_cases.provide("toolbox")
def cases() -> Iterator[Case]:
    from .factories import article, toolbox

    yield Case("/boite-a-outils/supports/", signed_in())
    yield Case("/boite-a-outils/supports/affiche/", signed_in())
    yield Case("/boite-a-outils/supports/affiche/?maison=nulle-part", signed_in())
    yield Case("/boite-a-outils/supports/inconnu/", signed_in(404))
    yield Case("/boite-a-outils/supports/affiche/", signed_in(), "post", {"action": "pdf"})
    box = toolbox()
    yield Case(box.index.get_url(), public())
    for shown, expected in ((box.open, public()), (box.members, signed_in())):
        page = article(shown)
        yield Case(shown.get_url(), expected)
        yield Case(page.get_url(), expected)
        yield Case(f"{page.get_url()}tout-telecharger/", expected)
        yield Case(f"{page.get_url()}suivre/", signed_in(405))
        yield Case(f"{page.get_url()}verifier/", signed_in(405))
