"""The home page is arranged from blocks, and its cost does not depend on the amount of content."""

import json

import pytest
from django.core.cache import cache
from wagtail.models import Site

from cms.models import SiteSettings
from learning.factories import SessionFactory
from learning.webinars.factories import make_webinar

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    from cms.demo_legal import LegalLoader
    from home.demo import SiteLoader

    LegalLoader().load()
    SiteLoader().load()
    cache.clear()


def test_the_demonstration_gives_a_home_page_that_leads_to_its_pages(demo, client):
    html = client.get("/").content.decode()
    assert "Une Maison près de chez vous" in html
    assert 'href="/mentions-legales/"' in html
    for path in ("/a-propos/", "/mentions-legales/", "/donnees-personnelles/", "/accessibilite/"):
        assert client.get(path).status_code == 200


def test_loading_twice_changes_nothing_that_an_editor_touched(demo):
    from home.demo import SiteLoader

    home = Site.objects.get(is_default_site=True).root_page.specific
    home.body = json.dumps([{"type": "heading", "value": {"text": "À nous", "level": "h2"}}])
    home.save_revision().publish()
    config = SiteSettings.objects.get()
    config.navigation = json.dumps([])
    config.save()
    SiteLoader().load()
    home.refresh_from_db()
    assert home.body[0].value["text"] == "À nous"


def test_a_menu_drops_what_the_reader_may_not_see(demo, client):
    from wagtail.models import Page

    Page.objects.get(slug="mentions-legales").unpublish()
    cache.clear()
    assert "/mentions-legales/" not in client.get("/a-propos/").content.decode()


def test_without_an_opening_block_the_title_is_the_heading(client):
    assert "<h1>Accueil</h1>" in client.get("/").content.decode()


def test_the_home_page_costs_at_most_twenty_queries(demo, client, django_assert_max_num_queries):
    SessionFactory()
    make_webinar("Accueillir", begins=5)
    assert "Prochain webinaire" in client.get("/").content.decode()
    cache.clear()
    with django_assert_max_num_queries(20):
        assert client.get("/").status_code == 200
