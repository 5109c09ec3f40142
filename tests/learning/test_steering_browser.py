"""The screens of the agent, of the manager and of the national team, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_screens_are_accessible_and_fit_a_phone(page, live_server):
    sign_in(page, live_server, "agent@example.org")
    page.goto(f"{live_server.url}/espace-pro/formations/")
    assert_axe_clean(page)
    page.get_by_role("link", name="Tout mon historique").click()
    page.wait_for_url("**/historique/**")
    assert_axe_clean(page, schemes=("light",))
    page.context.clear_cookies()
    sign_in(page, live_server, "responsable@example.org")
    page.goto(f"{live_server.url}/espace-pro/equipe/formations/")
    assert_axe_clean(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    # The table became a list: what was attended has its module beside it, what was not is not shown.
    shown = page.locator(".matrix__cell--done .matrix__label").first
    expect(shown).to_be_visible()
    assert page.locator(".matrix thead").bounding_box()["height"] <= 1


def test_a_figure_of_the_network_leads_to_its_list(page, live_server):
    sign_in(page, live_server, "cellule@example.org")
    page.goto(f"{live_server.url}/espace-pro/formations/reseau/")
    assert_axe_clean(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    link = page.locator(".network__figures .stat__value a").first
    count = link.inner_text().split()[0]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reseau/agents/**")
    expect(page.locator("#lignes")).to_have_text(re.compile(f"^\\s*{count}"))
    assert_axe_clean(page, schemes=("light",))
    assert fits(page)
