"""The agent, the manager and the national team online, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_agent_goes_on_where_they_stopped_by_keyboard(page, live_server):
    sign_in(page, live_server, "agent@example.org")
    page.goto(f"{live_server.url}/espace-pro/formations/")
    button = page.locator(".resume--path .button")
    title = page.locator(".resume--path .resume__title").inner_text()
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/etapes/**")
    expect(page.locator("h1")).to_have_text(title)


def test_figures_of_the_team_and_of_the_network_lead_to_their_lists(page, live_server):
    sign_in(page, live_server, "responsable@example.org")
    page.goto(f"{live_server.url}/espace-pro/equipe/parcours/")
    assert_axe_clean(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert fits(page)
    page.context.clear_cookies()
    sign_in(page, live_server, "cellule@example.org")
    page.goto(f"{live_server.url}/espace-pro/formations/reseau/parcours/")
    assert_axe_clean(page)
    assert fits(page)
    link = page.locator(".network__figures .stat__value a").first
    count = link.inner_text().split()[0]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/parcours/agents/**")
    expect(page.locator("#lignes")).to_have_text(re.compile(f"^\\s*{count}"))
    assert fits(page)
