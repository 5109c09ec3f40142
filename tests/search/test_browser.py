"""Search in a real browser: suggestions by keyboard, and pages that axe finds nothing on."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_on_results_and_suggestions(page, live_server):
    page.goto(f"{live_server.url}/recherche/?q=covoiturrage")
    assert_axe_clean(page)
    field = page.locator("#recherche")
    field.fill("maison")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)
    assert_axe_clean(page, schemes=("light",))


def test_a_suggestion_is_chosen_with_the_keyboard(page, live_server):
    page.goto(f"{live_server.url}/")
    field = page.locator("#recherche-site")
    field.focus()
    expect(field).to_have_attribute("role", "combobox")
    field.press_sequentially("chauffa")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    # Beyond the last is the field itself, then the first again.
    page.keyboard.press("ArrowUp")
    last = options.last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", last.get_attribute("id"))
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("chauffa")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_have_count(1)
    page.get_by_role("option", name="Maison de services au public de Chauffailles").click()
    page.wait_for_url("**/maisons/chauffailles/")


def test_enter_without_a_choice_searches_what_is_typed(page, live_server):
    page.goto(f"{live_server.url}/recherche/")
    field = page.locator("#recherche")
    field.fill("chauffa")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=chauffa")
    expect(page.locator("mark").first).to_have_text("Chauffailles")


def test_without_javascript_the_form_and_the_pages_work(browser, live_server):
    call_command("rebuild_search", verbosity=0)
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/recherche/")
    page.locator("#recherche").fill("maison")
    page.locator("#recherche").press("Enter")
    page.get_by_role("link", name="Suivant").click()
    page.wait_for_url("**page=2**")
    page.locator(".kinds a").nth(1).click()
    page.wait_for_url("**kind=**")
    context.close()
