"""The sitemap holds what anybody may see, once, on the site's own address."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, PageViewRestriction

from cms import registry, sitemap
from cms.factories import StandardPageFactory, home

pytestmark = pytest.mark.django_db
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def urls(response):
    return {url.findtext(f"{S}loc"): url for url in ET.fromstring(response.content)}


def test_public_pages_are_there_with_their_date(client):
    page = StandardPageFactory(slug="page")
    page.save_revision().publish()
    found = urls(client.get("/sitemap.xml"))
    assert "http://localhost:8000/" in found
    lastmod = found["http://localhost:8000/page/"].findtext(f"{S}lastmod")
    assert dt.datetime.fromisoformat(lastmod).date() == dt.datetime.now().astimezone().date()


def test_what_is_not_for_everybody_is_not(client):
    StandardPageFactory(slug="draft", live=False)
    page = StandardPageFactory(slug="members")
    StandardPageFactory(slug="below", parent=page)
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Members"))
    text = client.get("/sitemap.xml").content.decode()
    assert not [slug for slug in ("draft", "members", "below") if slug in text]


def test_a_translation_is_named_beside_its_source(client):
    english = Locale.objects.get(language_code="en")
    home().specific.copy_for_translation(english).specific.save_revision().publish()
    page = StandardPageFactory(slug="page")
    translated = page.copy_for_translation(english)
    translated.slug = "the-page"
    translated.save_revision().publish()
    found = urls(client.get("/sitemap.xml"))
    french, other = "http://localhost:8000/page/", "http://localhost:8000/en/the-page/"
    for address in (french, other):
        links = {link.get("hreflang"): link.get("href") for link in found[address].iter(LINK)}
        assert links == {"fr": french, "en": other}


def test_apps_give_theirs_and_nothing_is_there_twice(client, monkeypatch):
    StandardPageFactory(slug="page")
    given = [{"location": "/page/"}, {"location": "/maisons/a&b/", "lastmod": None}]
    monkeypatch.setitem(registry.sitemap_entries._providers, "test", lambda: given)
    response = client.get("/sitemap.xml")
    assert "http://localhost:8000/maisons/a&b/" in urls(response)
    assert response.content.count(b"/page/<") == 1


def test_it_costs_few_queries_whatever_the_number_of_pages(
    client, settings, django_assert_max_num_queries
):
    settings.PAGE_CACHE = False
    StandardPageFactory.create_batch(30)
    with django_assert_max_num_queries(8):
        assert len(urls(client.get("/sitemap.xml"))) > 30


def test_a_long_list_becomes_an_index_of_parts(client, monkeypatch, settings):
    settings.PAGE_CACHE = False
    StandardPageFactory.create_batch(5)
    whole = set(urls(client.get("/sitemap.xml")))
    monkeypatch.setattr(sitemap, "PART", 4)
    index = ET.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == f"{S}sitemapindex"
    parts = [part.findtext(f"{S}loc") for part in index]
    assert parts[0] == "http://localhost:8000/sitemap-1.xml"
    found = [set(urls(client.get(part.removeprefix("http://localhost:8000")))) for part in parts]
    assert set.union(*found) == whole and sum(map(len, found)) == len(whole)
    assert client.get("/sitemap-0.xml").status_code == 404
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
