"""The personal calendar and the alerts as a person uses them."""

import pytest
from playwright.sync_api import expect

from learning.calendars.tokens import find
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AGENT = "agent@example.org"


def test_one_makes_an_address_changes_it_and_follows_a_place(page, live_server):
    sign_in(page, live_server, AGENT)
    page.goto(f"{live_server.url}/espace-pro/formations/")
    page.get_by_role("link", name="Les mettre dans mon agenda").click()
    page.get_by_role("button", name="Créer mon adresse").click()
    first = page.locator(".secret code").inner_text()
    assert find(first.rsplit("/", 1)[1].removesuffix(".ics"))
    page.get_by_text("Changer d’adresse").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Créer une autre adresse")).to_be_visible()
    assert_axe_clean(page)
    page.get_by_role("button", name="Créer une autre adresse").click()
    expect(page.locator(".secret code")).not_to_have_text(first)

    page.goto(f"{live_server.url}/sessions/?pres_de=Limoges&rayon=30")
    page.get_by_role("link", name="Me prévenir quand une session ouvre").click()
    expect(page.get_by_label("Commune ou code postal")).to_have_value("Limoges")
    page.get_by_role("button", name="Me prévenir", exact=True).click()
    page.get_by_role("heading", name="Ce que vous suivez").wait_for()
    assert_axe_clean(page)
