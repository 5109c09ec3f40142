"""What every reader meets besides the pages of an app: home, text, search, sign-in, errors."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUDGET = 100_000  # bytes of HTML, CSS and JavaScript of the home page, compressed (docs/theme.md)


@pytest.mark.parametrize("path", ["/", "/a-propos/", "/recherche/?q=ayen", "/compte/connexion/"])
def test_axe_finds_nothing(page, path):
    page.goto(path)
    assert_axe_clean(page)


def test_axe_finds_nothing_where_nothing_is_found(page):
    page.goto("/nulle-part/")
    page.faults.clear()  # the 404 itself is told on the console
    assert_axe_clean(page, widths=(390,))


def test_the_home_page_weighs_less_than_100_kb(page):
    sizes = {}

    def weigh(response):
        kind = response.request.resource_type
        if kind in {"document", "stylesheet", "script"}:
            sizes[urlsplit(response.url).path] = len(gzip.compress(response.body(), 6))

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    assert {"/", *[path for path in sizes if path.endswith(".css")]} <= sizes.keys()
    assert sum(sizes.values()) < BUDGET, sizes
