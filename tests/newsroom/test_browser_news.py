"""News, agenda, videos and publications in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "path",
    [
        "/actualites/fonds-inter-operateurs/",
        "/agenda/rencontre-du-massif-central/",
        "/videos/visite-guidee/",
        "/publications/liste-france-services-2024/",
    ],
)
def test_axe_finds_nothing_on_a_page_of_each_kind(page, live_server, path):
    page.goto(f"{live_server.url}{path}")
    assert_axe_clean(page)


@pytest.mark.parametrize(
    "path", ["/actualites/?annee=abc", "/agenda/", "/videos/", "/publications/"]
)
def test_nor_on_the_lists(page, live_server, path):
    page.goto(f"{live_server.url}{path}")
    assert_axe_clean(page, schemes=("light",))


def test_a_list_is_narrowed_with_the_keyboard(page, live_server):
    page.goto(f"{live_server.url}/actualites/")
    page.get_by_label("Rubrique").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Filtrer").press("Enter")
    # The address can be kept: it holds what was chosen, and nothing else.
    page.wait_for_url("**/actualites/?rubrique=policy")
    expect(page.locator(".filters__chosen")).to_contain_text("Politique publique")


def test_a_chapter_moves_the_film_to_its_moment(page, live_server):
    page.goto(f"{live_server.url}/videos/visite-guidee/")
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    page.get_by_role("link", name="Lire sa fiche").press("Enter")
    page.wait_for_function("document.querySelector('video').currentTime >= 13")
    page.wait_for_url("**/#t=13")
    assert page.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"
    page.wait_for_selector(".chapters__link[aria-current='true']")
