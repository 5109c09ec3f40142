"""The public pages: what they say, what they cost, and that nothing typed breaks them."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms import registry
from maisons.factories import (
    CommuneFactory,
    DepartmentFactory,
    HostOrganisationFactory,
    MaisonFactory,
    OperatorFactory,
)
from maisons.models import Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def maison(murat):
    """A Maison of which all is known."""
    maison = MaisonFactory(
        slug="murat",
        name="Maison de services au public du Pays de Murat",
        commune=murat,
        host_organisation=HostOrganisationFactory(name="Structure de Murat"),
        description="Ce que dit la source.",
        address="4 rue de l’Église",
        postcode="15300",
        latitude=45.11,
        longitude=2.87,
        phone="04 71 20 28 88",
        email="maison@example.org",
        website="https://example.org/",
        opening_hours="Mo-Fr 09:00-12:00; We off",
        source="Liste d’essai",
        source_date=date(2016, 8, 1),
    )
    maison.operators.add(OperatorFactory(name="Pôle emploi", current_name="France Travail"))
    maison.services.add(Service.objects.create(code="a", label_fr="Accueil", label_en="Welcome"))
    return maison


def make_many(number):
    """Maisons over four departments, each with what a sheet and a line may show."""
    operators = [OperatorFactory() for _ in range(5)]
    for index in range(number):
        code = f"{1 + index % 4:02}"
        department = DepartmentFactory(code=code, name=f"Département {code}")
        commune = CommuneFactory(code=f"{code}{index:03}", department=department)
        maison = MaisonFactory(commune=commune, host_organisation=HostOrganisationFactory())
        maison.operators.set(operators)


def test_a_sheet_says_what_is_known_with_its_source_and_date(client, maison):
    html = client.get("/maisons/murat/").content.decode()
    for said in (
        "Maison de services au public du Pays de Murat",
        "Murat, Cantal (15)",
        "Structure de Murat",
        "Pôle emploi",
        "France Travail",
        "Accueil",
        'href="tel:+33471202888">04 71 20 28 88</a>',
        "15300 Murat",
        "Liste d’essai",
        "1er août 2016",
    ):
        assert said in html, said
    assert "<svg" in html and "<title>Cantal</title>" in html


def test_hours_are_written_day_by_day(client, maison):
    html = client.get("/maisons/murat/").content.decode()
    assert html.count("<time>09:00</time> – <time>12:00</time>") == 4
    assert html.count("hours__closed") == 3


def test_a_sheet_describes_itself_to_search_engines(client, maison):
    meta = client.get("/maisons/murat/").context["page_meta"]
    data = json.loads(json.dumps(meta.json_ld[0]))
    assert data["@type"] == "GovernmentOffice"
    assert data["telephone"] == "+33471202888"
    assert data["geo"]["latitude"] == 45.11
    assert data["address"]["postalCode"] == "15300"
    days = {h["dayOfWeek"].rsplit("/")[-1] for h in data["openingHoursSpecification"]}
    assert days == {"Monday", "Tuesday", "Thursday", "Friday"}
    assert meta.canonical.endswith("/maisons/murat/")
    assert [code for code, _url in meta.alternates] == ["fr", "en"]


def test_a_point_that_is_the_commune_s_is_said_so_and_not_given_as_exact(client, murat):
    maison = MaisonFactory(commune=murat)
    response = client.get(maison.get_absolute_url())
    assert "geo" not in response.context["page_meta"].json_ld[0]
    assert maison.point == (murat.latitude, murat.longitude)
    assert response.context["map"].dots


def test_a_maison_without_point_nor_outline_still_has_its_sheet(client):
    department = DepartmentFactory(code="987", name="Polynésie française", outline="")
    commune = CommuneFactory(code="98711", department=department, latitude=None, longitude=None)
    maison = MaisonFactory(commune=commune, opening_hours="sur rendez-vous")
    html = client.get(maison.get_absolute_url()).content.decode()
    assert "sur rendez-vous" in html and "department-map" not in html


def test_what_is_fictitious_says_so(client):
    maison = MaisonFactory(is_fictitious=True)
    assert "notice--warning" in client.get(maison.get_absolute_url()).content.decode()


def test_the_sheet_exists_in_english(client, maison):
    html = client.get("/en/maisons/murat/").content.decode()
    assert "Opening hours" in html and "Welcome" in html


def test_the_list_is_by_department_and_commune(client):
    make_many(10)
    found = client.get("/maisons/").context["found"]
    codes = [department.code for department, _maisons in found.groups]
    assert codes == ["01", "02", "03", "04"]
    assert [len(maisons) for _department, maisons in found.groups] == [3, 3, 2, 2]


def test_a_department_is_chosen_by_its_code(client, maison):
    make_many(8)
    response = client.get("/maisons/?departement=15")
    assert response.context["found"].total == 1
    assert response.context["page_meta"].canonical.endswith("/maisons/?departement=15")
    assert "Cantal (15)" in response.content.decode()
    # The map still leads to the others.
    assert "?departement=01" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["murat", "MURAT", "15300", "pays-de-murat", "cantal", "Pays Múrat"]
)
def test_the_list_is_searched_as_people_write(client, maison, query):
    make_many(3)
    found = client.get("/maisons/", {"q": query}).context["found"]
    assert [m.slug for m in found.page] == ["murat"]


def test_pages_follow_each_other_and_keep_what_was_asked(client):
    make_many(60)
    response = client.get("/maisons/?page=2")
    assert response.context["found"].page.number == 2
    html = client.get("/maisons/?departement=01&q=maison").content.decode()
    assert "q=maison" not in html or "page=" not in html
    assert client.get("/maisons/?page=4").status_code == 404
    assert response.context["page_meta"].canonical.endswith("/maisons/?page=2")


@pytest.mark.parametrize(
    "query",
    [
        "departement=zz",
        "departement=%00",
        "departement=99999",
        "departement=01' OR 1=1",
        "page=0",
        "page=-1",
        "page=abc",
        "page=99999999999999999999",
        "q=" + "x" * 5000,
        "q=%00",
        "q=%ff%fe",
        "q=%25%27%22%3Cscript%3E",
        "page[]=1&q[]=2",
    ],
)
def test_a_wrong_value_gets_the_page_with_a_message(client, maison, query):
    response = client.get(f"/maisons/?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    if not query.startswith(("q=%ff", "q=%25", "page[]")):
        assert "notice--error" in response.content.decode()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["q", "departement", "page", "autre"]), st.text(max_size=90), max_size=4
    )
)
def test_no_parameter_whatever_breaks_the_list(client, maison, parameters):
    assert client.get("/maisons/", parameters).status_code in {200, 404}


@pytest.mark.parametrize("path", ["/maisons/rien/", "/maisons/../", "/maisons/a b/"])
def test_an_unknown_maison_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_pages_are_read_only(client, maison):
    assert client.post("/maisons/").status_code == 405
    assert client.post("/maisons/murat/").status_code == 405


@pytest.mark.parametrize("number", [2, 200])
def test_pages_cost_the_same_with_few_and_many(
    client, maison, number, django_assert_max_num_queries, settings
):
    settings.PAGE_CACHE = False
    make_many(number)
    for path in ("/maisons/", "/maisons/?departement=01&q=maison", "/maisons/murat/"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


def test_the_sitemap_and_the_search_know_every_public_sheet(maison, django_assert_max_num_queries):
    make_many(5)
    with django_assert_max_num_queries(1):
        entries = list(registry.sitemap_entries.get("maisons")())
    assert {"/maisons/", "/maisons/murat/"} <= {entry["location"] for entry in entries}
    assert entries[1]["alternates"]["en"].startswith("/en/maisons/")
    with django_assert_max_num_queries(3):
        found = list(registry.search_documents.get("maisons").documents())
    assert "/maisons/murat/" in {document.url for document in found}
