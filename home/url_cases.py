"""What the addresses of the professional space answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, signed_in


@registry.url_cases.provide("home")
def cases() -> Iterator[Case]:
    yield Case("/espace-pro/", signed_in())
    # Everybody has exports of their own.
    yield Case("/espace-pro/gerer-mon-activite/", signed_in())
