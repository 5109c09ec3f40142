"""Every response leaves with its security headers, and pages need no exception to them."""

import re

import pytest
from django.test import Client

from accounts.models import User
from cms.factories import StandardPageFactory
from tests.support.crawling import Crawler
from tests.support.remnants import remnants

pytestmark = pytest.mark.django_db


def directives(response):
    policy = response["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ") if " " in part}


@pytest.fixture
def page():
    return StandardPageFactory(slug="page")


@pytest.mark.parametrize(
    "path",
    ["/page/", "/absent/", "/robots.txt", "/sitemap.xml", "/readyz", "/healthz", "/compte/absent/"],
)
def test_every_kind_of_response_has_them(page, client, path):
    response = client.get(path)
    policy = directives(response)
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert name in policy
    assert "'unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"]
    assert response["Permissions-Policy"]
    assert response["Origin-Agent-Cluster"] == "?1"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_policy_of_pages_is_strict(page, client):
    policy = directives(client.get("/page/"))
    for name in ("default-src", "script-src", "style-src", "img-src", "connect-src", "form-action"):
        assert policy[name] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]


def test_a_page_from_the_cache_has_the_same_headers(page, client, settings):
    settings.PAGE_CACHE = True
    first, second = client.get("/page/"), client.get("/page/")
    assert second["X-Page-Cache"] == "hit"
    for name in ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
        assert first[name] == second[name]


def test_the_wagtail_admin_has_its_own_policy_without_eval(client):
    client.force_login(User.objects.create_superuser("root@example.org"))
    policy = client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe" not in client.get("/administration/")["Content-Security-Policy"]


def test_only_the_account_pages_lead_to_an_identity_provider(page, settings):
    settings.SIGN_IN_FORM_ORIGINS = ["https://id.example.org"]
    client = Client()
    account = directives(client.get("/compte/absent/"))
    assert account["form-action"] == ["'self'", "https://id.example.org"]
    assert directives(client.get("/en/compte/absent/"))["form-action"] == account["form-action"]
    assert directives(client.get("/page/"))["form-action"] == ["'self'"]


def test_pictures_on_another_host_are_named(page, settings):
    settings.FILES_ORIGINS = ["https://files.example.org"]
    assert directives(Client().get("/page/"))["img-src"] == ["'self'", "https://files.example.org"]


def test_https_sites_upgrade_what_is_asked_in_clear(page, settings):
    settings.SITE_ORIGIN = "https://maisons.example.org"
    assert Client().get("/page/")["Content-Security-Policy"].endswith("upgrade-insecure-requests")


def test_a_page_made_for_a_session_is_not_kept_by_the_browser(page, client):
    client.force_login(User.objects.create_user("a@example.org"))
    assert client.get("/page/")["Cache-Control"] == "private, no-cache"


def test_nothing_is_indexed_outside_production(page, client, settings):
    assert "X-Robots-Tag" not in client.get("/page/")
    assert client.get("/compte/absent/")["X-Robots-Tag"] == "noindex, nofollow"
    settings.SEARCH_ENGINES_INDEX = False
    assert client.get("/page/")["X-Robots-Tag"] == "noindex, nofollow"


INLINE = re.compile(
    r"<style|<[^>]+\sstyle\s*=|<[^>]+\son[a-z]+\s*=|javascript:"
    r"|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.IGNORECASE,
)


def inline_parts(html):
    """What the strict policy would stop: inline styles, scripts and event handlers."""
    return [html[m.start() : m.start() + 80] for m in INLINE.finditer(html)]


def test_the_search_for_inline_parts_finds_them():
    for bad in (
        "<style>a{}</style>",
        '<p style="color:red">',
        '<a href="#" onclick="go()">',
        '<a href="javascript:go()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
    ):
        assert inline_parts(bad)
    assert not inline_parts('<script type="module" src="/x.js"></script><p data-style="x">on=</p>')
    assert not inline_parts('<script type="application/ld+json">{}</script>')


@pytest.mark.sqlite
@pytest.mark.demo
@pytest.mark.slow
@pytest.mark.django_db
def test_no_page_holds_an_inline_script_style_or_handler_nor_an_object_in_the_place_of_words():
    client = Crawler()
    sitemap = client.get("/sitemap.xml").content.decode()
    paths = re.findall(r"<loc>http://localhost:8000([^<]+)</loc>", sitemap)
    assert len(paths) > 20
    for path in [*paths, "/absent/", "/recherche/?q=maison", "/compte/absent/"]:
        html = client.get(path).content.decode()
        assert not inline_parts(html) and not remnants(html), path
