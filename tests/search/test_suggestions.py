"""`/api/v1/recherche/suggestions`: what is under the field while one types."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from cms.factories import StandardPageFactory
from maisons.factories import MaisonFactory
from search import api
from search.indexing import rebuild
from search.queries import suggest

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/recherche/suggestions"


@pytest.fixture
def pages():
    StandardPageFactory(title="La formation, ça se partage")
    StandardPageFactory(title="Formations à venir")
    page = StandardPageFactory(title="Formulaire des membres")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    rebuild()


def texts(response, kind):
    return [row["text"] for row in response.json()["suggestions"] if row["type"] == kind]


def test_titles_that_go_on_from_what_is_typed_are_given_with_their_address(pages, client):
    response = client.get(ADDRESS, {"q": "absente form"})
    assert texts(response, "document") == []
    response = client.get(ADDRESS, {"q": "partage form"})
    assert response.json() == {
        "query": "partage form",
        "suggestions": [
            {"type": "question", "text": "partage formation", "url": "", "kind": ""},
            {
                "type": "document",
                "text": "La formation, ça se partage",
                "url": "/la-formation-ca-se-partage/",
                "kind": "Page",
            },
        ],
    }


def test_questions_end_the_word_once_for_each_stem(pages, client):
    assert texts(client.get(ADDRESS, {"q": "forma"}), "question") in (
        [["formation"], ["formations"]]
    )


def test_titles_that_are_not_for_the_reader_give_neither_document_nor_word(pages, client):
    visitor = client.get(ADDRESS, {"q": "formul"})
    assert visitor.json()["suggestions"] == []
    client.force_login(UserFactory())
    member = client.get(ADDRESS, {"q": "formul"})
    assert texts(member, "document") == ["Formulaire des membres"]
    assert texts(member, "question") == ["formulaire"]


def test_what_is_kept_for_visitors_ends_when_a_page_is_closed(pages, client):
    page = StandardPageFactory(title="Zanzibar")
    rebuild()
    assert texts(client.get(ADDRESS, {"q": "zanz"}), "document") == ["Zanzibar"]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(ADDRESS, {"q": "zanz"}).json()["suggestions"] == []


def test_what_is_kept_answers_with_few_queries(pages, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get(ADDRESS, {"q": "forma"})
    with django_assert_max_num_queries(2):
        client.get(ADDRESS, {"q": "forma"})


def test_nobody_between_keeps_the_answer(pages, client):
    assert client.get(ADDRESS, {"q": "forma"})["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize(
    "parameters",
    [{}, {"q": ""}, {"q": "a"}, {"q": "x" * 201}, {"q": "a\x00b"}, {"q": "ab", "lang": "xx"}],
)
def test_a_wrong_parameter_gets_the_error_of_the_interfaces(client, parameters):
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == "invalid_parameters"
    assert error["message"] and error["fields"]


def test_too_many_requests_are_refused_in_the_same_shape(client, monkeypatch):
    monkeypatch.setattr(api, "A_MINUTE", 3)
    answers = [client.get(ADDRESS, {"q": "forma"}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    response = client.get(ADDRESS, {"q": "forma"})
    assert response.json()["error"]["code"] == "too_many_requests"
    assert response["Retry-After"] == "60"
    assert client.get(ADDRESS, {"q": "forma"}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_language_of_the_page_is_that_of_the_kinds(client):
    MaisonFactory(name="Maison d’Ayen")
    StandardPageFactory(title="Ayennaise")
    rebuild()
    rows = client.get(ADDRESS, {"q": "ayen", "lang": "en"}).json()["suggestions"]
    urls = {row["url"] for row in rows if row["kind"] == "Maison"}
    assert all(url.startswith("/en/maisons/") for url in urls) and urls


def test_only_reading_is_answered(client):
    assert client.post(ADDRESS, {"q": "forma"}).status_code == 405


def test_at_most_six_documents():
    for number in range(12):
        StandardPageFactory(title=f"Permanence {number}")
    rebuild()
    rows = suggest("perman", AnonymousUser(), api.LIMIT)
    assert sum(row["type"] == "document" for row in rows) == 6


def test_two_letters_begin_a_long_word_too():
    for number in range(50):
        StandardPageFactory(title=f"ma{chr(97 + number % 26)}{'x' * (number // 26)}")
    StandardPageFactory(title="Marketing territorial")
    rebuild()
    rows = suggest("ma", AnonymousUser(), 100)
    assert "Marketing territorial" in [row["text"] for row in rows]
