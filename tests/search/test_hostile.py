"""Whatever is typed, the search answers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.factories import StandardPageFactory
from search import api
from search.indexing import rebuild
from search.queries import search, suggest

pytestmark = pytest.mark.django_db
OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "NEAR/2",
    "*",
    '"',
    "'",
    "(",
    ")",
    "-",
    "+",
    "^",
    ":",
    "title:",
]
BREAKING = [
    "\\",
    "%",
    "_",
    "%s",
    "%(x)s",
    "&",
    "|",
    "!",
    "<->",
    ";--",
    "{",
    "}",
    "\u202e",
    "\u200f",
    "e\u0301",
]
WORDS = [
    "route",
    "l’emploi",
    "formations",
    "É" * 50,
    "😀",
    "ﷺ",
    "ß",
    "İ",
    "ǅ",
    "½",
    "٣",
    "一",
    "\ud800",
]
PIECES = st.one_of(st.sampled_from(OPERATORS + BREAKING + WORDS), st.text(max_size=12))
QUERIES = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)


@pytest.fixture
def pages():
    StandardPageFactory(title="La route se partage", summary="L’emploi et les formations.")
    rebuild()


@given(query=QUERIES)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_query_is_answered(pages, query):
    search(query, AnonymousUser())
    suggest(query, AnonymousUser(), api.LIMIT)


@given(
    query=QUERIES.map(lambda q: q.encode("utf-8", "replace").decode()), page=st.integers(-5, 2_000)
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_address_is_answered(pages, client, query, page):
    assert client.get("/recherche/", {"q": query, "page": page}).status_code == 200
    assert client.get("/api/v1/recherche/suggestions", {"q": query}).status_code in {200, 400, 429}


@pytest.mark.parametrize("query", ["x" * 10_000, "mot " * 3_000, "\x00", '"' * 5_000, "é" * 10_000])
def test_ten_thousand_characters_are_answered(pages, client, query):
    assert client.get("/recherche/", {"q": query}).status_code == 200
    assert client.get("/api/v1/recherche/suggestions", {"q": query}).status_code == 400
    search(query, AnonymousUser())
