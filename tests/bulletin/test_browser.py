"""The Bulletin in a real browser: accessible in both schemes and widths, whole by keyboard."""

import pytest

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = "/bulletin/edition-speciale-rencontres-2015/neuf-facons-de-faire-reseau/"
MAX_TABS = 80


@pytest.mark.parametrize(
    "path",
    [
        "/bulletin/",
        "/bulletin/numero-2-automne-2016/",
        ARTICLE,
        "/en/bulletin/numero-2-automne-2016/ayen-la-route-se-partage/",
    ],
)
def test_axe_finds_nothing(page, path):
    page.goto(path)
    assert_axe_clean(page)


def tab_to(page, selector):
    """Press Tab until the focus is on an element that matches, as somebody without a mouse does."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector} on {page.url}")


def test_from_the_home_page_to_a_footnote_and_back_by_keyboard_alone(page):
    page.goto("/")
    for address in ("/bulletin/", "numero-2-automne-2016/", "ayen-la-route-se-partage/"):
        tab_to(page, f"main a[href$='{address}'], header a[href$='{address}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")
    tab_to(page, "a[role=doc-noteref]")
    call = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    page.wait_for_url("**#note-1*")
    # The focus follows: the next Tab is the way back, not the top of the page.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "doc-backlink"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{call}")
