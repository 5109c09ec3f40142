"""Public pages are kept for visitors; nothing that a change made old is served."""

import pytest
from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from cms.factories import StandardPageFactory, ThemeFactory
from cms.pagecache import content_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache(settings):
    settings.PAGE_CACHE = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def page():
    page = StandardPageFactory(title="Ancien titre", slug="page")
    page.save_revision().publish()
    return page


def test_the_second_visitor_gets_the_kept_page(page, client, django_assert_num_queries):
    first = client.get("/page/")
    with django_assert_num_queries(1):
        second = client.get("/page/")
    assert second["X-Page-Cache"] == "hit"
    assert second.content == first.content


def test_after_a_change_the_old_page_is_not_served(page, client):
    client.get("/page/")
    page.title = "Nouveau titre"
    page.save_revision().publish()
    assert "Nouveau titre" in client.get("/page/").content.decode()


def test_a_change_that_is_rolled_back_makes_nothing_old():
    before = content_version()
    with pytest.raises(RuntimeError), transaction.atomic():
        ThemeFactory()
        assert content_version() > before
        raise RuntimeError
    assert content_version() == before


def test_a_draft_makes_nothing_old(page):
    before = content_version()
    page.title = "Brouillon"
    page.save_revision()
    StandardPageFactory(live=False)
    assert content_version() == before


def test_whoever_has_a_session_goes_around_it(page, client):
    client.get("/page/")
    client.force_login(User.objects.create_user("a@example.org"))
    assert "X-Page-Cache" not in client.get("/page/")


def test_a_query_string_is_not_kept(page, client):
    client.get("/page/?x=1")
    assert "X-Page-Cache" not in client.get("/page/?x=1")


def test_a_forged_host_cannot_fill_it_for_others(page, client):
    client.get("/page/", headers={"host": "evil.example.org"})
    assert b"evil.example.org" not in client.get("/page/").content


def test_an_error_is_not_kept(client):
    client.get("/absent/")
    assert "X-Page-Cache" not in client.get("/absent/")
