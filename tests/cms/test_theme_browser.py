"""The theme in a browser: axe on every component, the menu with and without JavaScript, zoom."""

import pytest
from playwright.sync_api import expect

from cms.styleguide.views import PAGES
from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLES = ["", *(f"{name}/" for name in PAGES)]
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda name: name or "components")
def test_axe_finds_nothing_in_the_style_guide(page, sample):
    page.goto(f"/styleguide/{sample}")
    assert_axe_clean(page)


@pytest.mark.parametrize(
    "path", ["/", "/bulletin/", "/styleguide/", "/styleguide/tableau-de-bord/"]
)
def test_nothing_sticks_out_at_400_percent_of_zoom(page, path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate(OVERFLOW) <= 0


def test_the_choice_of_colours_is_kept_from_page_to_page(page):
    page.goto("/")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("radio", name="Sombre").check()
    page.goto("/bulletin/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    expect(page.get_by_role("radio", name="Sombre")).to_be_checked()


def test_the_menu_of_a_phone_opens_and_escape_closes_it(page):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/")
    button = page.get_by_role("button", name="Menu", exact=True)
    expect(page.locator("#menu")).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Menu"


def test_the_menu_and_the_skip_links_need_no_javascript(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        locale="fr-FR",
        viewport={"width": 390, "height": 800},
    )
    page = context.new_page()
    page.goto("/")
    page.locator(".menu-button").click()
    expect(page.locator("#menu")).to_be_visible()
    page.locator(".menu__close").click()
    expect(page.locator("#menu")).to_be_hidden()
    page.locator(".skip a[href='#recherche-site']").press("Enter")
    expect(page.locator("#recherche-site")).to_be_visible()
    context.close()


def test_nothing_moves_while_a_page_loads(page):
    page.goto("/")
    shift = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 500);
        })"""
    )
    assert shift < 0.01


def test_each_footnote_call_goes_to_its_note_and_back(page):
    page.goto("/styleguide/")
    call = page.locator("#appel-1-1").first
    call.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#note-1")
    page.locator("#note-1 a[role=doc-backlink]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#appel-1-1")
