"""Lists that readers narrow: facets with counts, addresses to keep, wrong values said."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from cms.factories import ThemeFactory
from maisons.factories import OperatorFactory
from newsroom import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages_are_made_anew(settings):
    settings.PAGE_CACHE = False


@pytest.fixture
def world():
    employment, health = ThemeFactory(code="employment"), ThemeFactory(code="health")
    agency = OperatorFactory(code="agence")
    factories.news("A", kind="policy", themes=[employment], operators=[agency])
    factories.news(
        "B", kind="policy", themes=[employment, health], display_date=dt.date(2017, 1, 1)
    )
    factories.news("C", kind="network", themes=[health])
    factories.news("Brouillon", kind="network", themes=[health], live=False)


def listing(client, query="", index=None):
    response = client.get((index or factories.news_index()).get_url() + query)
    assert response.status_code == 200
    return response.context["listing"]


def titles(found):
    return [page.title for page in found.page]


def counts(found, name):
    facet = next(facet for facet in found.facets if facet.name == name)
    return {choice.value: choice.count for choice in facet.choices}


def test_each_facet_narrows_the_list(client, world):
    assert titles(listing(client)) == ["B", "C", "A"]
    assert titles(listing(client, "?rubrique=network")) == ["C"]
    assert titles(listing(client, "?theme=employment")) == ["B", "A"]
    assert titles(listing(client, "?annee=2017")) == ["B"]
    assert titles(listing(client, "?operateur=agence")) == ["A"]
    assert titles(listing(client, "?rubrique=policy&theme=health")) == ["B"]


def test_counts_are_what_each_choice_would_give_with_the_others_kept(client, world):
    found = listing(client, "?theme=health")
    assert counts(found, "rubrique") == {"policy": 1, "network": 1}
    assert counts(found, "annee") == {"2017": 1, "2016": 1}
    # Its own facet tells what changing it would give.
    assert counts(found, "theme") == {"employment": 2, "health": 2}
    for value, count in counts(found, "rubrique").items():
        assert listing(client, f"?theme=health&rubrique={value}").total == count


def test_a_choice_that_gives_nothing_is_shown_with_zero(client, world):
    found = listing(client, "?annee=2017&rubrique=network")
    assert found.total == 0
    assert counts(found, "rubrique") == {"policy": 1, "network": 0}


@pytest.mark.parametrize(
    "query",
    [
        "rubrique=x",
        "theme=x",
        "theme=%00",
        "annee=abc",
        "annee=99999",
        "operateur=../",
        "page=0",
        "page=9",
    ],
)
def test_a_wrong_value_is_said_and_the_others_are_used(client, world, query):
    response = client.get(
        f"{factories.news_index().get_url()}?{query}&rubrique=policy"
        if "rubrique" not in query
        else f"{factories.news_index().get_url()}?{query}"
    )
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    if "rubrique" not in query:
        assert titles(response.context["listing"]) == ["B", "A"]


def test_pagination_keeps_what_was_asked(client, world, monkeypatch):
    monkeypatch.setattr("newsroom.models.NewsIndexPage.per_page", 1)
    response = client.get(f"{factories.news_index().get_url()}?theme=health&page=2")
    assert titles(response.context["listing"]) == ["C"]
    assert "?theme=health&amp;page=1" in response.content.decode()


def test_a_restricted_page_is_neither_listed_nor_counted(client, world):
    page = factories.news("Réservée", kind="partners")
    row = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    group = Group.objects.create(name="Groupe")
    row.groups.add(group)
    assert "Réservée" not in titles(listing(client))
    assert "partners" not in counts(listing(client), "rubrique")
    member = UserFactory()
    member.groups.add(group)
    client.force_login(member)
    assert counts(listing(client), "rubrique")["partners"] == 1


def test_an_address_keeps_what_was_asked_and_nothing_else(client, world):
    url = factories.news_index().get_url()
    response = client.get(f"{url}?rubrique=policy&theme=&annee=abc&operateur=")
    assert (response.status_code, response.url) == (302, f"{url}?rubrique=policy&annee=abc")
    assert client.get(f"{url}?rubrique=").url == url


def test_a_feed_of_ones_own_choice(client, world):
    feed = client.get(f"{factories.news_index().get_url()}flux/?theme=employment").content.decode()
    assert "<title>A</title>" in feed and "<title>C</title>" not in feed


# -- The agenda -------------------------------------------------------------------------------


@pytest.fixture
def dates(clock):
    clock.move_to(dt.datetime(2016, 11, 24, 12, tzinfo=dt.UTC))
    for title, fields in {
        "passé": {"starts_on": dt.date(2016, 11, 22)},
        "en cours": {"starts_on": dt.date(2016, 11, 23), "ends_on": dt.date(2016, 11, 25)},
        "ce soir": {
            "starts_on": dt.date(2016, 11, 24),
            "starts_time": dt.time(18),
            "ends_time": dt.time(20),
        },
        "ce matin": {
            "starts_on": dt.date(2016, 11, 24),
            "starts_time": dt.time(8),
            "ends_time": dt.time(10),
        },
        "reporté sans date": {"starts_on": dt.date(2016, 10, 1), "status": "postponed"},
        "annulé": {"starts_on": dt.date(2016, 12, 1), "status": "cancelled"},
    }.items():
        factories.event(title, **fields)


def test_what_is_not_over_is_still_to_come_the_next_first(client, dates):
    found = listing(client, index=factories.agenda())
    assert titles(found) == ["en cours", "ce soir", "annulé", "reporté sans date"]


def test_past_events_are_listed_the_latest_first(client, dates):
    found = listing(client, "?periode=passes", factories.agenda())
    assert titles(found) == ["ce matin", "passé"]


def test_a_date_that_is_open_is_not_shown_as_the_date(client, dates):
    html = client.get(factories.agenda().get_url()).content.decode()
    assert "octobre" not in html.lower().split("reporté sans date")[0].split("<main")[1]
