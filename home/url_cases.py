"""What the addresses of this app answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, public, signed_in

CHECK = "/creer-une-maison/verifier-mon-projet/"


@registry.url_cases.provide("home")
def cases() -> Iterator[Case]:
    from .factories import RuleSetFactory

    RuleSetFactory()
    yield Case("/espace-pro/", signed_in())
    # Everybody has exports of their own.
    yield Case("/espace-pro/gerer-mon-activite/", signed_in())
    yield Case(CHECK, public())
    yield Case(CHECK, public(), "post", {"hours": "abc", "budget": "-1", "departement": "zz"})
    for path in ("", "add/"):
        yield Case(f"/admin/snippets/home/ruleset/{path}", only("national-team", "administrator"))
