"""What the addresses of this app answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, public, signed_in

CHECK = "/creer-une-maison/verifier-mon-projet/"


@registry.url_cases.provide("home")
def cases() -> Iterator[Case]:
    from .factories import CreationStepFactory, FiguresPageFactory, RuleSetFactory

    RuleSetFactory()
    yield Case("/espace-pro/", signed_in())
    # Everybody has exports of their own.
    yield Case("/espace-pro/gerer-mon-activite/", signed_in())
    yield Case(CHECK, public())
    yield Case(CHECK, public(), "post", {"hours": "abc", "budget": "-1", "departement": "zz"})
    yield Case("/creer-une-maison/etre-rappele/?departement=zz", public())
    yield Case("/a-propos/chiffres.csv", public())
    step = CreationStepFactory(slug="diagnostic")
    yield Case(f"{step.get_url()}?porteur=personne", public())
    yield Case(step.get_parent().get_url(), public())
    yield Case(FiguresPageFactory().get_url(), public())
    for model in ("ruleset", "figure"):
        for path in ("", "add/"):
            url = f"/admin/snippets/home/{model}/{path}"
            yield Case(url, only("national-team", "administrator"))
