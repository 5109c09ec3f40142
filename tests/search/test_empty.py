"""Searches that led to nothing are counted by day, without anything personal."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from cms import registry
from cms.factories import StandardPageFactory
from search import empty
from search.factories import EmptySearchFactory
from search.indexing import rebuild
from search.models import EmptySearch

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("Carte Grise", "carte grise"),
        ("jeanne.martin@example.org dossier", "dossier"),
        ("dossier 1 85 05 78 006 084 36", "dossier"),
        ("+33 6 39 98 12 34", ""),
        ("né le 12/03/1985 à Ayen", "ne le ayen"),
        ("https://example.org/?token=abc perdu", "perdu"),
        ("A1B2C3 colis", "colis"),
        ("x" * 80, ""),
        ("mot " * 30, " ".join(["mot"] * 8)),
    ],
)
def test_addresses_and_numbers_are_left_out(query, kept):
    assert empty.without_personal_data(query) == kept


def rows():
    return list(EmptySearch.objects.values_list("words", "count"))


def test_the_same_words_are_one_row_a_day(client, clock):
    for query in ("licorne bleue", "LICORNE bleue", "licorne bleue "):
        client.get("/recherche/", {"q": query})
    assert rows() == [("licorne bleue", 3)]
    clock.shift(dt.timedelta(days=1))
    client.get("/recherche/", {"q": "licorne bleue"})
    assert len(rows()) == 2


def test_a_search_that_finds_is_not_recorded(client):
    StandardPageFactory(title="Licorne")
    rebuild()
    client.get("/recherche/", {"q": "licorne"})
    client.get("/recherche/", {"q": "licorne", "kind": "maison"})
    assert rows() == []


def test_what_is_hidden_from_the_reader_counts_as_nothing(client):
    page = StandardPageFactory(title="Licorne")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    rebuild()
    client.get("/recherche/", {"q": "licorne"})
    assert rows() == [("licorne", 1)]


def test_a_day_holds_a_limited_number_of_words(client, monkeypatch):
    monkeypatch.setattr(empty, "MAX_A_DAY", 2)
    for query in ("licorne", "dragon", "sirène", "licorne"):
        client.get("/recherche/", {"q": query})
    assert dict(rows()) == {"licorne": 2, "dragon": 1}


def test_old_rows_are_erased(clock):
    EmptySearchFactory(day=dt.date(2026, 9, 7) - dt.timedelta(days=181))
    kept = EmptySearchFactory(day=dt.date(2026, 9, 7) - dt.timedelta(days=180))
    registry.periodic_jobs.get("search.purge").run()
    assert list(EmptySearch.objects.all()) == [kept]


def test_the_report_adds_the_days_up_and_is_exported(client, clock):
    for day, count in ((1, 2), (2, 5)):
        EmptySearchFactory(day=dt.date(2026, 9, day), words="licorne", count=count)
    EmptySearchFactory(day=dt.date(2026, 9, 1), words="dragon", count=3)
    client.force_login(UserFactory(role="editor"))
    html = client.get(reverse("search_empty")).content.decode()
    assert html.index("licorne") < html.index("dragon")
    response = client.get(
        "/exports/recherches-sans-resultat/", {"format": "csv", "since": "2026-09-02"}
    )
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[1].startswith("licorne;fr;5;")
    assert "dragon" not in "".join(lines)


def test_a_wrong_date_shows_everything(client):
    EmptySearchFactory(words="licorne")
    client.force_login(UserFactory(role="editor"))
    response = client.get(reverse("search_empty"), {"since": "hier"})
    assert response.status_code == 200
    assert "licorne" in response.content.decode()
