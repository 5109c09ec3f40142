"""The toolbox in a real browser: accessible, by keyboard, from the search to the sheet."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INDEX = "/boite-a-outils/"
ARTICLE = f"{INDEX}reseau/la-fiche-de-poste-d-un-agent/"


@pytest.fixture
def member(page, live_server):
    """The agent of the demonstration, signed in in the browser."""
    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email="agent@example.org"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def test_axe_finds_nothing_for_a_visitor(page, live_server):
    page.goto(f"{live_server.url}{INDEX}")
    assert_axe_clean(page, schemes=("light",), widths=(390,))
    page.goto(f"{live_server.url}{INDEX}public/criteres-de-reconnaissance-fevrier-2017/")
    assert_axe_clean(page, schemes=("dark",), widths=(1280,))


@pytest.mark.parametrize("path", [INDEX, ARTICLE, f"{INDEX}supports/affiche/"])
def test_axe_finds_nothing_for_a_member(member, live_server, path):
    member.goto(f"{live_server.url}{path}")
    if path == ARTICLE:
        member.locator(".kit__earlier summary").click()
    assert_axe_clean(member)


def test_axe_finds_nothing_on_the_choice_of_supports_nor_in_a_wrong_form(member, live_server):
    member.goto(f"{live_server.url}{INDEX}supports/")
    assert_axe_clean(member, schemes=("dark",), widths=(390,))
    member.goto(f"{live_server.url}{INDEX}supports/horaires/")
    member.get_by_role("button", name="Voir l’aperçu").click()
    expect(member.locator(".error-summary")).to_be_visible()
    assert_axe_clean(member, schemes=("light",), widths=(1280,))


def test_from_the_search_to_following_an_article_with_the_keyboard(member, live_server):
    member.goto(f"{live_server.url}{INDEX}")
    member.get_by_label("Mots à trouver").focus()
    member.keyboard.type("fiches de poste")
    member.keyboard.press("Enter")
    member.wait_for_url("**q=fiches**")
    link = member.get_by_role("link", name="La fiche de poste d’un agent")
    link.focus()
    member.keyboard.press("Enter")
    member.get_by_role("button", name="Suivre cet article").press("Enter")
    expect(member.get_by_role("button", name="Ne plus suivre")).to_be_visible()
    expect(member.get_by_text("Vous serez prévenu quand cet article changera")).to_be_visible()


@pytest.mark.pdf
def test_the_sheet_follows_the_form_and_comes_as_pdf(member, live_server):
    member.goto(f"{live_server.url}{INDEX}supports/affiche/")
    member.get_by_label("Nom de la Maison").fill("La Maison du lavoir")
    member.get_by_label("Format").select_option("a4")
    member.get_by_role("button", name="Voir l’aperçu").press("Enter")
    expect(member.locator(".support")).to_contain_text("La Maison du lavoir")
    sheet = member.locator(".support").bounding_box()
    # The whole sheet is seen, in the proportions of its paper, on a phone too.
    assert abs(sheet["height"] / sheet["width"] - 1.414) < 0.01
    with member.expect_download() as download:
        member.get_by_role("button", name="Obtenir le PDF").click()
    assert download.value.suggested_filename == "affiche-a4.pdf"
