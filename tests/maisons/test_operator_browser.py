"""Operators and the legal pages in a real browser: accessible in both schemes, at both widths."""

import pytest

from tests.support.browser import assert_axe_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "path",
    [
        "/partenaires/",
        "/partenaires/la-poste/",
        "/partenaires/pole-emploi/un-an-emploi-store/",
        "/accessibilite/",
        "/donnees-personnelles/",
        "/plan-du-site/",
    ],
)
def test_axe_finds_nothing(page, live_server, path):
    page.goto(f"{live_server.url}{path}")
    assert_axe_clean(page)
