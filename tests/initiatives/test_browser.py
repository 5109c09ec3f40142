"""Initiatives in a real browser: accessible in both schemes, at both widths; from a draft to a page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.demo import PASSWORD
from initiatives.models import ProjectSheetPage
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, address):
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.fill("[name=login]", f"{address}@example.org")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "connexion" not in url)


@pytest.mark.parametrize("path", ["/initiatives/", "/initiatives/ecosyst-m-la-route-partagee/"])
def test_axe_finds_nothing(page, path):
    page.goto(path)
    assert_axe_clean(page)


@pytest.mark.parametrize(
    "path", ["/initiatives/?theme=mobility&etat=zz", "/initiatives/pres/?lieu=Ayen"]
)
def test_axe_finds_nothing_on_answers_either(page, path):
    page.goto(path)
    assert_axe_clean(page, schemes=("light",))


def test_filters_are_chosen_and_taken_out_by_keyboard(page):
    page.goto("/initiatives/")
    page.focus("#facette-theme")
    page.select_option("#facette-theme", "itinerance")
    page.focus(".facets button")
    page.keyboard.press("Enter")
    page.wait_for_url("**theme=itinerance**")
    expect(page.locator("main")).to_contain_text("Vouziers")
    page.focus(".chip")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "theme" not in url)


def test_from_a_draft_to_a_public_page(page):
    """An agent writes and proposes, an editor approves in the admin, a visitor reads."""
    sign_in(page, "agent")
    page.goto(reverse("initiatives:start"))
    page.fill("#id_title", "Le jardin du jeudi")
    if page.locator("select#id_maison").count():
        page.select_option("#id_maison", label="Maison de services au public d’Ayen")
    page.click("main form button[type=submit]")
    page.wait_for_selector("#id_summary")
    assert_axe_clean(page, schemes=("light",))
    page.fill("#id_summary", "Un potager partagé derrière la Maison.")
    page.fill("#id_objectives", "- Se rencontrer\n- Manger local")
    page.fill("#id_actions", "Le jeudi, on plante ensemble.")
    page.check("#id_themes_0")
    page.check("#id_audiences_0")
    page.select_option("#id_state", "experiment")
    page.click("button[value=preview]")
    page.wait_for_url("**/apercu/")
    expect(page.locator("main")).to_contain_text("Manger local")
    page.click(".preview-bar a")
    page.click("button[value=propose]")
    page.wait_for_selector("button[value=take_back]")
    sheet = ProjectSheetPage.objects.get(title="Le jardin du jeudi")

    sign_in(page, "redaction")
    page.goto(reverse("wagtailadmin_pages:edit", args=[sheet.pk]))
    page.wait_for_load_state("networkidle")
    # In a menu of the admin, which is Wagtail's own: what its scripts say is not ours to hold.
    with page.expect_navigation():
        page.locator("[data-workflow-action-name=approve]").first.evaluate("el => el.click()")
    page.faults.clear()

    page.context.clear_cookies()
    sheet.refresh_from_db()
    assert sheet.live
    page.goto("/initiatives/le-jardin-du-jeudi/")
    expect(page.locator("main")).to_contain_text("Un potager partagé")
