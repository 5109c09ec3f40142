"""What the search page answers to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, public


@registry.url_cases.provide("search")
def cases() -> Iterator[Case]:
    yield Case("/recherche/", public())
    yield Case("/recherche/?q=ayen&page=abc", public())
    yield Case("/api/v1/recherche/suggestions?q=ay", public())
    yield Case("/api/v1/recherche/suggestions", public(400))
    writing = ("editor", "chief-editor", "national-team", "administrator")
    yield Case("/admin/promotion/", only(*writing))
    yield Case("/admin/promotion/new/", only(*writing))
    yield Case("/admin/search-report/", only(*writing))
