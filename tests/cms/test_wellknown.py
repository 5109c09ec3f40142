"""robots.txt, security.txt, icons."""

import datetime as dt

import pytest

pytestmark = pytest.mark.django_db


def fields(response):
    return [line.split(": ", 1) for line in response.content.decode().splitlines()]


def test_search_engines_are_kept_out_outside_production(client, settings):
    settings.SEARCH_ENGINES_INDEX = False
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_in_production_they_are_shown_the_sitemap_and_kept_from_accounts(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in text
    assert "Disallow: /compte/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_security_txt_follows_rfc_9116(client, settings):
    settings.SECURITY_CONTACT = "mailto:securite@example.org"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    found = dict(fields(response))
    assert found["Contact"] == "mailto:securite@example.org"
    assert found["Preferred-Languages"] == "fr, en"
    assert found["Canonical"] == "http://localhost:8000/.well-known/security.txt"
    expires = dt.datetime.fromisoformat(found["Expires"])
    left = expires - dt.datetime.now(dt.UTC)
    # Section 2.5.5: less than a year ahead.
    assert dt.timedelta(days=30) < left < dt.timedelta(days=365)
    assert len(fields(response)) == len(found)


def test_security_txt_is_absent_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_icons_are_where_programs_look_for_them(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/static/img/")
