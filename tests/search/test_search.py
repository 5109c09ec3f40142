"""The search finds what a reader may see, in a few queries, and survives whatever is typed."""

import pytest
from django.contrib.auth.models import Group
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from accounts.models import User
from cms.factories import StandardPageFactory, home
from maisons.factories import MaisonFactory
from search import queries
from search.indexing import rebuild as index

pytestmark = pytest.mark.django_db


def titles(response):
    return [hit.title for hit in response.context["results"]]


@pytest.fixture
def pages():
    StandardPageFactory(title="La route se partage", summary="Le covoiturage à Ayen.")
    StandardPageFactory(title="Un espace pour l’emploi", summary="Deux formations par an.")
    index()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("route", "La route se partage"),
        ("ROUTE", "La route se partage"),
        ("covoiturage ayen", "La route se partage"),
        ("l'emploi", "Un espace pour l’emploi"),
        ("formation", "Un espace pour l’emploi"),
        ("emploi absentdetout", "Un espace pour l’emploi"),
    ],
)
def test_words_lead_to_the_page(pages, client, query, title):
    assert titles(client.get("/recherche/", {"q": query})) == [title]


def test_without_words_there_is_a_form_and_no_result(pages, client):
    response = client.get("/recherche/")
    assert response.status_code == 200
    assert titles(response) == []
    assert b'name="q"' in response.content


def test_both_languages_have_their_address(pages, client):
    assert client.get("/en/recherche/", {"q": "route"}).status_code == 200


def test_a_translation_takes_the_place_of_its_source(client):
    english = Locale.objects.get(language_code="en")
    home().specific.copy_for_translation(english).specific.save_revision().publish()
    page = StandardPageFactory(title="Itinérance")
    copy = page.copy_for_translation(english)
    copy.title = "Itinérance in English"
    copy.save_revision().publish()
    index()
    assert titles(client.get("/recherche/", {"q": "itinérance"})) == ["Itinérance"]
    found = client.get("/en/recherche/", {"q": "itinérance"})
    assert titles(found) == ["Itinérance in English"]


def test_what_a_reader_may_not_see_is_not_found(client):
    StandardPageFactory(title="Brouillon secret", live=False)
    page = StandardPageFactory(title="Membres secret")
    group = Group.objects.create(name="Members")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    index()
    assert titles(client.get("/recherche/", {"q": "secret"})) == []
    member = User.objects.create_user("member@example.org")
    member.groups.add(group)
    client.force_login(member)
    assert titles(client.get("/recherche/", {"q": "secret"})) == ["Membres secret"]


def test_everything_is_found_together_and_counted_by_kind(pages, client):
    MaisonFactory(name="Maison de la Route", description="")
    index()
    response = client.get("/recherche/", {"q": "route"})
    assert set(titles(response)) == {"La route se partage", "Maison de la Route"}
    counts = {tab["label"]: tab["count"] for tab in response.context["kinds"]}
    assert counts == {"Tout": 2, "Pages": 1, "Maisons": 1}
    only = client.get("/recherche/", {"q": "route", "kind": "maison"})
    assert titles(only) == ["Maison de la Route"]
    assert only.context["found"].total == 2


def test_a_kind_without_result_is_shown_with_none(pages, client):
    response = client.get("/recherche/", {"q": "route", "kind": "maison"})
    assert titles(response) == []
    assert [tab["count"] for tab in response.context["kinds"]] == [1, 1, 0]


def test_results_come_in_pages(client):
    for number in range(25):
        StandardPageFactory(title=f"Permanence {number}")
    index()
    first = client.get("/recherche/", {"q": "permanence"})
    second = client.get("/recherche/", {"q": "permanence", "page": 2})
    assert len(titles(first)) == queries.PER_PAGE
    assert len(titles(second)) == 5
    assert not set(titles(first)) & set(titles(second))
    assert "q=permanence&amp;page=2" in first.content.decode()


@pytest.mark.parametrize("count", [2, 30])
def test_it_costs_at_most_twenty_queries(client, count, django_assert_max_num_queries):
    for number in range(count):
        StandardPageFactory(title=f"Permanence {number}")
        MaisonFactory(name=f"Permanence de {number}")
    index()
    with django_assert_max_num_queries(20):
        assert titles(client.get("/recherche/", {"q": "permanence"}))


WRONG = [
    {"q": "x" * 201},
    {"q": "a\x00b"},
    {"q": "route", "page": "0"},
    {"q": "route", "page": "deux"},
    {"q": "route", "page": "9" * 40},
    {"q": "route", "kind": "'; DROP TABLE"},
    {"q": "route", "kind": "licorne"},
]


@pytest.mark.parametrize("parameters", WRONG)
def test_a_wrong_parameter_gets_the_page_with_a_message(pages, client, parameters):
    response = client.get("/recherche/", parameters)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


SIGNS = ['"', "'", "*", "100%", "%s %(x)s", "a AND", "NEAR(", "(", "\\", "-", "^a", "😀", "é" * 200]


@pytest.mark.parametrize(
    "query", [*SIGNS, "title:route", "{route}", "route OR", "NOT route", "&|!", "_", "s x"]
)
def test_signs_of_search_engines_are_only_signs(pages, client, query):
    assert client.get("/recherche/", {"q": query}).status_code == 200


def test_the_title_is_in_the_language_of_the_address(pages, client):
    with translation.override("fr"):
        assert 'lang="fr"' in client.get("/recherche/").content.decode()
    assert 'lang="en"' in client.get("/en/recherche/").content.decode()


def test_texts_are_escaped_and_only_the_words_are_marked(client):
    StandardPageFactory(title="<script>route</script>", summary="<b>La route</b> & la rue")
    index()
    html = client.get("/recherche/", {"q": "route"}).content.decode()
    assert "&lt;script&gt;<mark>route</mark>&lt;/script&gt;" in html
    assert "&lt;b&gt;La <mark>route</mark>&lt;/b&gt; &amp; la rue" in html


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("covoiturrage", "covoiturage"),
        ("Le COVOITURRAGE à ayen", "Le covoiturage à ayen"),
        ("covoiturage", ""),
        ("zzzzzzzz", ""),
    ],
)
def test_a_word_that_nothing_holds_is_corrected(pages, client, query, corrected):
    assert client.get("/recherche/", {"q": query}).context["found"].corrected == corrected


def test_a_correction_never_comes_from_what_is_hidden(client):
    page = StandardPageFactory(title="Réorganisation confidentielle")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    index()
    found = client.get("/recherche/", {"q": "reorganizasion"}).context["found"]
    assert (found.corrected, found.total, found.kinds) == ("", 0, [])
    client.force_login(User.objects.create_user("member@example.org"))
    found = client.get("/recherche/", {"q": "reorganizasion"}).context["found"]
    assert found.corrected == "réorganisation"


def test_the_same_words_side_by_side_come_first(client):
    StandardPageFactory(title="Une fiche", summary="La fiche dit quel est le poste.")
    StandardPageFactory(title="Une autre fiche", summary="Ici, la fiche de poste.")
    index()
    found = titles(client.get("/recherche/", {"q": "fiche de poste"}))
    assert found == ["Une autre fiche", "Une fiche"]


def test_the_order_does_not_depend_on_what_is_hidden(client):
    """How rare a word is, is counted among what the reader sees."""
    StandardPageFactory(title="Alpha", summary="Le permis.")
    StandardPageFactory(title="Beta", summary="La carte.")
    index()
    before = titles(client.get("/recherche/", {"q": "permis carte"}))
    for number in range(5):
        page = StandardPageFactory(title=f"Carte {number}")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    index()
    assert titles(client.get("/recherche/", {"q": "permis carte"})) == before


def test_a_title_that_is_the_question_comes_first(client):
    StandardPageFactory(title="Qu’est-ce qu’une Maison ?", summary="Un lieu.", body="")
    for number in range(3):
        MaisonFactory(name=f"Maison de services au public {number}")
    index()
    found = titles(client.get("/recherche/", {"q": "qu'est-ce qu'une maison"}))
    assert found[0] == "Qu’est-ce qu’une Maison ?"
