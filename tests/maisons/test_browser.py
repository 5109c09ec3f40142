"""The pages of the network in a real browser: accessible in both schemes, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "path",
    ["/maisons/", "/maisons/?departement=zz&q=ayen", "/maisons/diois/", "/maisons/la-hague/"],
)
def test_axe_finds_nothing(page, live_server, path):
    page.goto(f"{live_server.url}{path}")
    assert_axe_clean(page)


def test_a_department_is_reached_with_the_keyboard_through_the_map(page, live_server):
    page.goto(f"{live_server.url}/maisons/")
    link = page.locator(".department-map__drawing a").filter(has_text="Cantal")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/maisons/?departement=15")
    expect(page.locator("h1")).to_contain_text("Cantal (15)")
