"""What readers get: the list with its filters, the sheet, the feed, the export."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from cms import registry
from cms.factories import ThemeFactory
from initiatives import factories
from initiatives.models import Adoption, ProjectSheetPage
from maisons.factories import CommuneFactory, DepartmentFactory, MaisonFactory, OperatorFactory
from maisons.models import Maison

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def listed(client, query=""):
    response = client.get(f"/initiatives/{query}")
    assert response.status_code == 200
    context = response.context
    return [page.title for page in [context["lead"], *context["cards"]] if page]


def facet(client, name, query=""):
    facets = client.get(f"/initiatives/{query}").context["facets"]
    found = next(facet for facet in facets if facet.name == name)
    return {choice.code: choice.count for choice in found.choices}


@pytest.fixture
def mobility():
    return ThemeFactory(code="mobility", label_fr="Mobilité")


@pytest.fixture
def three(mobility):
    """Two on mobility, in Cantal and in Corrèze; one in Cantal on something else."""
    cantal, correze = DepartmentFactory(code="15"), DepartmentFactory(code="19", name="Corrèze")
    return (
        factories.sheet("Route", themes=[mobility], departments=[cantal], state="running"),
        factories.sheet("Vélo", themes=[mobility], departments=[correze], state="stopped"),
        factories.sheet("Lecture", departments=[cantal], state="running"),
    )


# -- The list -------------------------------------------------------------------------------------
def test_filters_combine(client, three):
    assert sorted(listed(client, "?theme=mobility")) == ["Route", "Vélo"]
    assert listed(client, "?theme=mobility&departement=15") == ["Route"]
    assert listed(client, "?etat=stopped") == ["Vélo"]
    assert listed(client, "?etat=stopped&departement=15") == []


def test_counts_of_a_facet_hold_under_the_other_choices(client, three):
    assert facet(client, "departement") == {"15": 2, "19": 1}
    assert facet(client, "departement", "?theme=mobility") == {"15": 1, "19": 1}
    # Its own choice does not reduce what it offers.
    assert facet(client, "departement", "?departement=19") == {"15": 2, "19": 1}


def test_operator_and_public_filter_too(client):
    operator, audience = OperatorFactory(code="caf"), factories.AudienceFactory(code="jeunes")
    factories.sheet("Avec", operators=[operator], audiences=[audience])
    factories.sheet("Sans")
    assert listed(client, "?operateur=caf&public=jeunes") == ["Avec"]


def test_a_period_is_every_year_in_which_it_ran(client):
    factories.sheet("Close", start_year=2012, end_year=2014)
    factories.sheet("En cours", start_year=2013)
    factories.sheet("Arrêtée sans date", start_year=2010, state="stopped")
    factories.sheet("Inconnue")
    assert sorted(listed(client, "?periode=2013")) == ["Close", "En cours"]
    assert listed(client, "?periode=2015") == ["En cours"]
    assert listed(client, "?periode=2010") == ["Arrêtée sans date"]


def test_what_a_maison_took_up_counts_as_taken_up(client, three):
    Adoption.objects.create(sheet=three[0], maison=MaisonFactory(), status="accepted")
    Adoption.objects.create(sheet=three[2], maison=MaisonFactory(), status="waiting")
    assert listed(client, "?etat=replicated") == ["Route"]
    assert listed(client, "?etat=running&theme=mobility") == ["Route"]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("titre", ["A", "B", "C"]),
        ("debut", ["B", "C", "A"]),
        ("reprises", ["C", "A", "B"]),
        ("recent", ["A", "C", "B"]),
    ],
)
def test_the_order_is_the_one_asked(client, order, titles):
    factories.sheet("A", display_date="2017-02-01", start_year=2010)
    factories.sheet("B", display_date="2015-02-01", start_year=2016)
    third = factories.sheet("C", display_date="2016-02-01", start_year=2014)
    Adoption.objects.create(sheet=third, maison=MaisonFactory(), status="accepted")
    assert listed(client, f"?tri={order}") == titles


def test_editors_choose_what_is_set_large(client, three):
    index = factories.initiatives_index()
    index.featured = three[1]
    index.save()
    assert client.get("/initiatives/").context["lead"].title == "Vélo"
    assert sorted(listed(client)) == ["Lecture", "Route", "Vélo"]
    # A filtered list is a plain list.
    assert client.get("/initiatives/?theme=mobility").context["lead"] is None


def test_a_wrong_value_is_said_and_left_out(client, three):
    for query in ("?theme=zz", "?departement=99", "?etat=perdu", "?periode=abc", "?tri=x"):
        response = client.get(f"/initiatives/{query}")
        assert len(response.context["errors"]) == 1, query
        assert response.context["total"] == 3, query
    assert client.get("/initiatives/?page=abc").status_code == 200
    assert client.get("/initiatives/?page=9").status_code == 404


def test_the_map_says_in_words_what_it_shows(client, three):
    drawn = client.get("/initiatives/?theme=mobility").context["map"]
    shown = {shape.code: (shape.label, shape.url) for shape in drawn.listed}
    assert shown["15"][0] == "1 initiative"
    assert shown["15"][1] == "?theme=mobility&departement=15"


def test_a_selection_has_a_permanent_link_and_each_filter_can_be_taken_out(client, three):
    context = client.get("/initiatives/?theme=mobility&departement=15&tri=titre").context
    assert context["permalink"].endswith("/initiatives/?theme=mobility&departement=15&tri=titre")
    ways = {facet.name: choice.url for facet, choice in context["chosen"]}
    assert ways["theme"] == "?departement=15&tri=titre"


def test_many_sheets_are_shown_by_pages(client):
    factories.many_sheets(30)
    first, second = listed(client, "?tri=titre"), listed(client, "?tri=titre&page=2")
    assert len(first) == 12 and not set(first) & set(second)


@pytest.mark.parametrize("count", [10, 1000])
def test_the_list_and_the_sheet_cost_the_same_whatever_their_number(
    client, django_assert_max_num_queries, count
):
    pages = factories.many_sheets(count)
    addresses = ["/initiatives/", "/initiatives/?theme=t1&departement=61", pages[3].get_url()]
    addresses += ["/initiatives/flux/", "/initiatives/pres/?lieu=61"]
    client.get("/initiatives/")  # content types
    for url in addresses:
        with django_assert_max_num_queries(20):
            assert client.get(url).status_code == 200
    client.force_login(UserFactory(role="editor"))
    for url in addresses:
        with django_assert_max_num_queries(30):
            assert client.get(url).status_code == 200


# -- The sheet ------------------------------------------------------------------------------------
FIGURE = {"value": "60", "label": "inscrits", "source": "Mairie", "date": "2016-09-15"}
CONTACT = {"organisation": "Mairie", "phone": "05 55 25 76 12", "email": "mairie@example.org"}


def full_sheet(**fields):
    """A sheet with a row of each kind."""
    streams = {
        "figures": factories.stream("figure", FIGURE),
        "actors": factories.stream("actor", {"name": "Un collectif", "role": "partenaire"}),
        "bearers": factories.stream("bearer", {"name": "La mairie"}),
        "fundings": factories.stream("funding", {"name": "La commune", "amount": 1200}),
        "contacts": factories.stream("contact", CONTACT),
        "sources": factories.stream("source", {"title": "Un bulletin", "date": "2016-09-01"}),
    }
    text = "- Un\n- Deux\n\nEt <b>trois</b>"
    return factories.sheet("Entière", objectives=text, **streams, **fields)


def test_a_sheet_shows_all_that_it_holds(client):
    page = full_sheet(
        results="Bien.",
        reuse="Reprendre.",
        state="stopped",
        stop_reason="Plus besoin.",
        start_year=2014,
        start_month=4,
        end_year=2015,
        cost=1800,
        cost_period="year",
        cost_note="En 2015",
        display_date="2016-09-01",
        maisons=[MaisonFactory(name="Maison d’Ayen")],
        departments=[DepartmentFactory(code="19", name="Corrèze")],
    )
    html = client.get(page.get_url()).content.decode()
    for text in (
        "<li>Un</li><li>Deux</li>",
        "&lt;b&gt;trois&lt;/b&gt;",
        "Avril 2014 à 2015",
        "Plus besoin.",
        "Reprendre.",
        "1\u202f800",
        "par an",
        "La commune",
        "Un collectif",
        "La mairie",
        "Maison d’Ayen",
        "Corrèze (19)",
        "tel:+33555257612",
        "Un bulletin",
        "1er septembre 2016",
    ):
        assert text in html, text


def test_what_is_not_known_leaves_no_trace(client):
    html = client.get(factories.sheet("Nue").get_url()).content.decode()
    for text in ("Coût et financement", "Pour qui", "Avec qui", "Ils l’ont fait aussi"):
        assert text not in html, text


def test_a_fictitious_sheet_says_so(client):
    page = factories.sheet("Inventée", is_fictitious=True)
    assert "Cette fiche est fictive" in client.get(page.get_url()).content.decode()


def test_similar_sheets_share_most_first(client, mobility, three):
    both = factories.sheet(
        "Les deux", themes=[mobility], departments=[DepartmentFactory(code="15")]
    )
    factories.sheet("Brouillon", live=False, themes=[mobility])
    similar = client.get(both.get_url()).context["similar"]
    assert [page.title for page in similar] == ["Route", "Lecture", "Vélo"]


def test_a_maison_that_the_public_does_not_see_is_named_nowhere(client):
    hidden = MaisonFactory(name="Zorglub", status=Maison.Status.PROJECT)
    page = factories.sheet("Avec projet", maisons=[hidden])
    Adoption.objects.create(sheet=page, maison=hidden, status="accepted")
    client.force_login(UserFactory())
    for url in ("/initiatives/", page.get_url(), "/exports/initiatives/?format=csv"):
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        assert b"Zorglub" not in content, url


def test_what_is_closed_to_this_reader_leaks_nowhere(client, mobility):
    shown = factories.sheet("Ouverte", themes=[mobility])
    closed = factories.sheet("Zorglub", themes=[mobility])
    draft = factories.sheet("Kaamelott", live=False, themes=[mobility])
    group = Group.objects.create(name="lecteurs")
    row = PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    row.groups.add(group)
    member = UserFactory()
    member.groups.add(group)
    stranger = UserFactory()
    addresses = ("/initiatives/", shown.get_url(), "/initiatives/flux/", "/exports/initiatives/")
    for user in (None, stranger):
        if user:
            client.force_login(user)
        for url in addresses:
            response = client.get(url)
            content = b"".join(response) if response.streaming else response.content
            assert b"Zorglub" not in content and b"Kaamelott" not in content, (user, url)
    assert client.get(draft.get_url()).status_code == 404
    client.force_login(member)
    assert "Zorglub" in client.get("/initiatives/").content.decode()


# -- Near, feed, structured data, export ----------------------------------------------------------
def test_near_a_town_are_its_maisons_by_distance_and_its_department_s_initiatives(client):
    here = CommuneFactory(code="15001", name="Ici", latitude=45.0, longitude=2.5)
    far = CommuneFactory(code="15002", name="Loin", latitude=45.4, longitude=2.5)
    MaisonFactory(name="Maison lointaine", commune=far)
    MaisonFactory(name="Maison proche", commune=here)
    factories.sheet("Voisine", departments=[here.department])
    factories.sheet("Ailleurs")
    near = client.get("/initiatives/pres/?lieu=ici").context["near"]
    assert [(m.name, d) for m, d in near.maisons] == [
        ("Maison proche", 0),
        ("Maison lointaine", 44),
    ]
    assert [sheet.title for sheet in near.sheets] == ["Voisine"]
    for text in ("cantal", "15"):
        assert client.get(f"/initiatives/pres/?lieu={text}").context["near"].label == "Cantal"


def test_a_name_of_several_towns_is_a_choice_and_an_unknown_one_a_message(client):
    factories.initiatives_index()
    for code in ("15003", "19004"):
        department = DepartmentFactory(code=code[:2], name=f"D{code}")
        CommuneFactory(code=code, name="Saint-Jean", department=department)
    near = client.get("/initiatives/pres/?lieu=st jean").context["near"]
    assert len(near.choices) == 2
    chosen = client.get(f"/initiatives/pres/?lieu={near.choices[0][1]}").context["near"]
    assert chosen.label == "Saint-Jean"
    html = client.get("/initiatives/pres/?lieu=nulle part").content.decode()
    assert "Aucun lieu ne porte ce nom" in html


def test_a_story_leads_to_what_is_near(client):
    html = client.get(factories.sheet("Vue").get_url()).content.decode()
    assert 'action="/initiatives/pres/"' in html


def test_the_feed_is_atom_with_lasting_identifiers(client):
    page = factories.sheet("Un & deux")
    ProjectSheetPage.objects.filter(pk=page.pk).update(first_published_at="2016-09-15T12:00:00Z")
    factories.sheet("Brouillon", live=False)
    response = client.get("/initiatives/flux/")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(response.content).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Un & deux"]
    assert entries[0].findtext(f"{ATOM}id") == f"urn:uuid:{page.translation_key}"


def test_a_sheet_describes_itself_to_search_engines(client):
    page = full_sheet(departments=[DepartmentFactory(code="19", name="Corrèze")])
    (data,) = client.get(page.get_url()).context["page_meta"].json_ld
    assert data["@type"] == "Article"
    assert data["contentLocation"] == [{"@type": "AdministrativeArea", "name": "Corrèze"}]
    assert data["citation"] == ["Un bulletin"]


def test_the_list_is_exported_with_its_filters(client, three):
    assert client.get("/exports/initiatives/").status_code == 302
    client.force_login(UserFactory())
    lines = b"".join(client.get("/exports/initiatives/?theme=mobility&tri=titre")).decode()
    assert "Route" in lines and "Vélo" in lines and "Lecture" not in lines


# -- On the home page -----------------------------------------------------------------------------
def test_the_home_page_may_show_the_newest_that_are_not_made_up(rf, django_assert_max_num_queries):
    factories.sheet("Ancienne", display_date="2015-01-01")
    factories.sheet("Récente", display_date="2017-01-01")
    factories.sheet("Inventée", display_date="2018-01-01", is_fictitious=True)
    factories.sheet("Brouillon", display_date="2018-01-01", live=False)
    request = rf.get("/")
    request.user = UserFactory()
    section = registry.home_sections.get("initiatives")
    # Four of its own: the others, of the site and of the reader, are those of any page.
    with django_assert_max_num_queries(8):
        shown = section.context(request, 2)
    assert [page.title for page in shown["cards"]] == ["Récente", "Ancienne"]
    assert section.context(request, 1)["url"] == "/initiatives/"
