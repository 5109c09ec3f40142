"""French without prefix, English under /en/: translated, or French in its place."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, PageViewRestriction

from cms.factories import StandardPageFactory, home

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


@pytest.fixture
def english_home(english):
    return home().get_translation_or_none(english) or _published(home(), english)


def _published(page, english, **changes):
    translated = page.specific.copy_for_translation(english)
    for name, value in changes.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    translated.refresh_from_db()
    return translated


@pytest.fixture
def page():
    return StandardPageFactory(title="À propos", slug="a-propos")


@pytest.fixture
def about(page, english, english_home):
    return _published(page, english, title="About us", slug="about")


def text(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return response.content.decode()


def test_a_page_that_is_not_translated_is_shown_in_french_with_a_notice(client, page, english_home):
    html = text(client, "/en/a-propos/")
    assert '<html lang="en"' in html and 'lang="fr"' in html and "À propos" in html
    assert 'class="notice' in html
    assert '<link rel="canonical" href="http://localhost:8000/a-propos/">' in html
    assert '<meta name="robots" content="noindex' in html
    assert 'rel="alternate" hreflang' not in html


def test_even_without_an_english_home_page(client, page):
    html = text(client, "/en/a-propos/")
    assert "À propos" in html and '<meta name="robots" content="noindex' in html


def test_the_french_page_says_nothing_of_the_sort(client, page):
    html = text(client, "/a-propos/")
    assert 'class="notice' not in html and "noindex" not in html


def test_a_translated_page_and_its_source_name_each_other(client, page, about):
    for url in ("/a-propos/", "/en/about/"):
        html = text(client, url)
        for code, path in [("fr", "/a-propos/"), ("en", "/en/about/"), ("x-default", "/a-propos/")]:
            assert (
                f'<link rel="alternate" hreflang="{code}" href="http://localhost:8000{path}">'
                in html
            )
        assert f'<link rel="canonical" href="http://localhost:8000{url}">' in html


def test_the_switcher_leads_to_the_translation_or_to_what_stands_in_for_it(client, page, about):
    StandardPageFactory(slug="mentions")
    assert 'href="/en/about/" lang="en"' in text(client, "/a-propos/")
    assert 'href="/a-propos/" lang="fr"' in text(client, "/en/about/")
    assert 'href="/en/mentions/" lang="en"' in text(client, "/mentions/")
    assert 'href="/mentions/" lang="fr"' in text(client, "/en/mentions/")


def test_the_french_address_leads_to_the_translation(client, page, about):
    response = client.get("/en/a-propos/")
    assert (response.status_code, response["Location"]) == (302, "/en/about/")


def test_a_translation_in_draft_is_not_shown(client, page, about):
    about.unpublish()
    assert client.get("/en/about/").status_code == 404
    assert "À propos" in text(client, "/en/a-propos/")
    assert "hreflang=" not in text(client, "/a-propos/").split("</head>")[0]


def test_a_draft_is_shown_in_no_language(client, page):
    page.unpublish()
    text(client, "/en/a-propos/", 404)


def test_a_restricted_page_stays_restricted_in_every_language(client, page, about):
    for restricted in (page, about):
        row = PageViewRestriction.objects.create(
            page=restricted, restriction_type=PageViewRestriction.GROUPS
        )
        row.groups.set([Group.objects.create(name=restricted.title)])
    assert "About us" not in client.get("/en/about/").content.decode()
    about.unpublish()
    assert "Ce que dit la page" not in client.get("/en/a-propos/").content.decode()


def test_a_page_that_does_not_exist_does_not_exist_in_english_either(client, english_home):
    text(client, "/en/rien/", 404)


def test_a_translation_older_than_its_source_says_so_discreetly(client, page, about):
    assert "newer-french" not in text(client, "/en/about/")
    page.last_published_at = about.last_published_at + dt.timedelta(days=1)
    page.save()
    assert "newer-french" in text(client, "/en/about/")
    about.save_revision().publish()
    about.last_published_at = page.last_published_at + dt.timedelta(hours=1)
    about.save()
    assert "newer-french" not in text(client, "/en/about/")


def test_standing_in_costs_few_queries(client, page, english_home, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        text(client, "/en/a-propos/")
