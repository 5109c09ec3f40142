"""« Vous êtes un acteur local »: the path, its branches, the call-back; the figures as open data."""

import csv
import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from home.factories import (
    CreationPathFactory,
    CreationStepFactory,
    FigureFactory,
    FiguresPageFactory,
)
from maisons.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
CALL_BACK = "/creer-une-maison/etre-rappele/"


def stream(kind, *values):
    return json.dumps([{"type": kind, "value": value} for value in values])


@pytest.fixture
def path():
    return CreationPathFactory(slug="creer-une-maison")


@pytest.fixture
def step(path):
    return CreationStepFactory(
        parent=path,
        bearers=stream(
            "bearer",
            {"bearer": "association", "text": "<p>Le mandat.</p>", "source": ""},
            {
                "bearer": "la-poste",
                "text": "<p>Trois ans, 80 € par mois.</p>",
                "source": "Bulletin",
            },
        ),
        actors=stream("actor", {"actor": "Le préfet", "text": "<p>Il reconnaît.</p>"}),
        difficulties=stream(
            "difficulty", {"title": "Seul", "text": "<p>Se relayer.</p>", "source": ""}
        ),
    )


def html(client, page, **query):
    response = client.get(page.get_url() if hasattr(page, "get_url") else page, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_path_lists_its_steps_in_order_without_drafts(client, path):
    first, second = CreationStepFactory.create_batch(2, parent=path)
    draft = CreationStepFactory(parent=path, live=False)
    page = html(client, path)
    assert page.index(first.title) < page.index(second.title)
    assert draft.title not in page


def test_it_leads_to_the_check_and_to_the_call_back(client, path):
    page = html(client, path)
    assert 'href="/creer-une-maison/verifier-mon-projet/"' in page
    assert f'href="{CALL_BACK}"' in page


def test_without_a_choice_a_step_shows_every_bearer(client, step):
    page = html(client, step)
    assert "Le mandat." in page
    assert "Trois ans" in page


def test_a_bearer_sees_their_own_case_alone(client, step):
    page = html(client, step, porteur="la-poste")
    assert "Trois ans" in page
    assert "Le mandat." not in page


def test_a_bearer_without_a_case_of_their_own_sees_all(client, step):
    page = html(client, step, porteur="local-authority")
    assert "Trois ans" in page
    assert "Le mandat." in page


def test_the_choice_is_kept_from_step_to_step(client, path, step):
    other = CreationStepFactory(parent=path)
    assert f"{other.get_url()}?porteur=association" in html(client, step, porteur="association")
    assert f"{step.get_url()}?porteur=association" in html(client, path, porteur="association")


@pytest.mark.parametrize("wrong", ["personne", "<script>", "a\0b", "x" * 3000])
def test_a_bearer_that_does_not_exist_is_said(client, step, wrong):
    page = html(client, step, porteur=wrong)
    assert "Ce porteur n’existe pas" in page
    assert "?porteur=association" in page
    assert "<script>" + "alert" not in page


def test_a_step_says_its_place_who_does_what_and_what_goes_wrong(client, path, step):
    CreationStepFactory(parent=path)
    page = html(client, step)
    assert "Étape 1 sur 2" in page
    assert "Il reconnaît." in page
    assert "Se relayer." in page


@pytest.mark.parametrize("number", [10, 1000])
def test_a_path_and_a_step_cost_few_queries_whatever_their_number(
    client, path, step, number, django_assert_max_num_queries
):
    # A path of a thousand steps makes no sense; its cost must still not grow.
    for place in range(min(number, 40)):
        CreationStepFactory(parent=path, title=f"Suite {place}")
    html(client, path)
    cache.clear()
    with django_assert_max_num_queries(20):
        html(client, path)
    cache.clear()
    with django_assert_max_num_queries(20):
        html(client, step, porteur="la-poste")


# -- Be called back --------------------------------------------------------------------------------
def test_a_call_back_is_asked_with_a_number_and_goes_to_the_department(client, clock):
    from accounts.factories import UserFactory
    from accounts.roles import Scope
    from maisons.models import ContactRequest, Desk

    DepartmentFactory(code="15")
    UserFactory(role="prefecture-referent", scope=Scope("department", "15"))
    page = html(client, CALL_BACK, departement="15")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    clock.shift(30)
    sent = client.post(
        "/contact/",
        {
            **hidden,
            "nom": "La mairie",
            "courriel": "mairie@example.org",
            "telephone": "04 71 00 00 00",
            "message": "Nous voudrions ouvrir une Maison.",
        },
        HTTP_ORIGIN="http://testserver",
    )
    assert sent.status_code == 302, sent.content.decode()
    asked = ContactRequest.objects.get()
    assert (asked.kind, asked.desk) == ("call-back", Desk.DEPARTMENT)
    assert asked.department.code == "15"
    assert asked.state == ContactRequest.State.NEW


@pytest.mark.parametrize("wrong", ["zz", "999", "a\0b", "x" * 3000])
def test_a_department_that_does_not_exist_is_as_none(client, wrong):
    assert 'name="telephone"' in html(client, CALL_BACK, departement=wrong)


def test_the_check_leads_to_the_call_back_of_the_department(client):
    from home.factories import RuleSetFactory

    RuleSetFactory()
    DepartmentFactory(code="15")
    page = client.post("/creer-une-maison/verifier-mon-projet/", {"departement": "15"})
    assert f"{CALL_BACK}?departement=15" in page.content.decode()


# -- Figures ---------------------------------------------------------------------------------------
def figures(client):
    response = client.get("/a-propos/chiffres.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(response.content.decode().splitlines()))


def test_each_figure_is_given_with_its_source_and_its_date(client):
    FigureFactory(code="maisons", value=Decimal("1100.50"), precision="month", approximate=True)
    (row,) = figures(client)
    assert row["valeur"] == "1100.5"
    assert row["date"] == "2017-02-01"
    assert row["precision_date"] == "mois"
    assert row["environ"] == "oui"
    assert row["source"] == "Source d’essai"


def test_a_large_figure_is_no_scientific_notation(client):
    FigureFactory(value=Decimal(20_000_000))
    assert figures(client)[0]["valeur"] == "20000000"


def test_no_cell_is_a_formula(client):
    FigureFactory(label="=HYPERLINK(1)")
    assert figures(client)[0]["intitule"].startswith("'=")


def test_the_page_shows_figures_under_their_subjects(client):
    FigureFactory(subject="Le réseau", precision="month")
    FigureFactory(subject="Les agents", value=62, unit="%", date=dt.date(2017, 1, 1))
    page = html(client, FiguresPageFactory())
    assert "1\u202f100" in page
    assert "février 2017" in page
    assert "1er janvier 2017" in page
    assert "/a-propos/chiffres.csv" in page


@pytest.mark.parametrize("number", [10, 1000])
def test_figures_cost_one_query_whatever_their_number(
    client, number, django_assert_max_num_queries
):
    from home.models import Figure

    Figure.objects.bulk_create(FigureFactory.build_batch(number))
    page = FiguresPageFactory()
    html(client, page)
    cache.clear()
    with django_assert_max_num_queries(20):
        html(client, page)


@pytest.mark.browser
def test_the_pages_of_the_path_are_accessible(page, live_server):
    from tests.support.browser import assert_axe_clean

    page.goto("/creer-une-maison/")
    assert_axe_clean(page, schemes=("light",))
    page.click("text=La Poste >> nth=0")
    page.click(".path__steps a >> nth=4")
    page.wait_for_selector(".case")
    expect(page.locator(".case")).to_have_count(1)
    assert_axe_clean(page)
    for address in ("/a-propos/chiffres/", "/a-propos/histoire/"):
        page.goto(address)
        assert_axe_clean(page, widths=(390,))
