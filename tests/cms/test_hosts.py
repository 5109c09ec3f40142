"""Two origins: learning packages run on one, people sign in on the other, and never the reverse."""

import pytest
from django.test import Client
from django.urls import get_resolver, resolve

CONTENT = {"host": "127.0.0.1:8000"}
SITE = {"host": "localhost:8000"}


@pytest.fixture
def content():
    return Client(headers=CONTENT)


@pytest.fixture
def site():
    return Client(headers=SITE)


def test_the_content_origin_answers_its_probe_without_a_query_or_a_cookie(content):
    response = content.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


@pytest.mark.parametrize(
    "path", ["/", "/bulletin/?page=2", "/admin/", "/compte/login/", "/readyz", "/static/x.css"]
)
def test_the_content_origin_sends_every_other_reader_to_the_site(content, path):
    response = content.get(path)
    assert response.status_code == 302
    assert response["Location"] == f"http://localhost:8000{path}"
    assert not response.cookies


def test_the_way_to_the_site_cannot_lead_elsewhere(content):
    for path in ("//evil.example.org/", "/%0d%0aSet-Cookie:a=b", "/\\evil.example.org"):
        location = content.get(path)["Location"]
        assert location.startswith("http://localhost:8000/")
        assert "\r" not in location


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_the_content_origin_refuses_what_is_not_reading(content, method):
    response = getattr(content, method)("/compte/login/", {"login": "a", "password": "b"})
    assert response.status_code == 421
    assert not response.cookies


@pytest.mark.parametrize("host", ["127.0.0.1.", "127.0.0.1:9", "127.0.0.1.:8000"])
def test_the_content_origin_has_no_other_spelling(host):
    assert Client(headers={"host": host}).post("/admin/login/").status_code == 421


def test_a_session_is_worth_nothing_on_the_content_origin(content):
    content.cookies["sessionid"] = "x" * 32
    assert content.get("/admin/").status_code == 302


def test_what_the_content_origin_serves_is_not_on_the_site():
    for pattern in get_resolver("cms.content_urls").url_patterns:
        if pattern.name != "healthz":
            # The site has nothing of its own there: the address falls to its tree of pages.
            assert resolve(f"/{pattern.pattern}").url_name == "wagtail_serve"


def test_an_unknown_host_is_refused(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    for host in ("evil.example.org", "localhost.evil.example.org", "local host", ""):
        assert Client(headers={"host": host}).get("/").status_code == 400
    assert Client(headers={"host": "10.0.0.7:8000"}).get("/healthz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["same-site", "cross-site"])
@pytest.mark.parametrize(
    ("mode", "kind"), [("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe")]
)
def test_no_page_of_another_origin_holds_a_part_of_the_site(site, origin, mode, kind):
    headers = {"Sec-Fetch-Site": origin, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": kind}
    assert site.get("/readyz", headers=headers).status_code == 403
    assert site.post("/compte/login/", headers=headers).status_code == 403


@pytest.mark.django_db
def test_links_from_elsewhere_lead_to_the_site(site):
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert site.get("/", headers=headers).status_code == 200
    assert site.get("/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.django_db
def test_public_files_may_be_shown_elsewhere_but_not_by_a_sibling(site):
    headers = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    for source, status in (("cross-site", 200), ("same-site", 403)):
        response = site.get("/robots.txt", headers={**headers, "Sec-Fetch-Site": source})
        assert response.status_code == status
