"""What the search page answers to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, public


@registry.url_cases.provide("search")
def cases() -> Iterator[Case]:
    yield Case("/recherche/", public())
    yield Case("/recherche/?q=ayen&page=abc", public())
