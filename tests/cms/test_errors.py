"""Error pages keep the site's menus, and never fail themselves."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory

from accounts.models import User
from cms import context_processors, errors

pytestmark = pytest.mark.django_db


def html(response):
    return response.content.decode()


@pytest.fixture
def quiet():
    """A client to which the site answers errors as it does to a browser."""
    return Client(raise_request_exception=False)


@pytest.fixture
def menus(monkeypatch):
    links = [{"label": "Le Bulletin", "url": "/bulletin/", "current": False}]
    monkeypatch.setattr(
        "cms.models.SiteSettings.links", lambda self, name, request: links, raising=True
    )
    from cms.models import SiteSettings

    monkeypatch.setattr(
        SiteSettings, "for_request_or_none", classmethod(lambda cls, request: SiteSettings())
    )


def failing(error):
    def view(*_args, **_kwargs):
        raise error

    return view


def test_an_unknown_address_keeps_the_menus_in_the_readers_language(client, menus):
    french, english = client.get("/absent/"), client.get("/en/absent/")
    assert french.status_code == english.status_code == 404
    for response, language in ((french, "fr"), (english, "en")):
        assert f'<html lang="{language}"' in html(response)
        assert "Le Bulletin" in html(response)
        assert 'role="search"' in html(response)


def test_an_error_page_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        client.get("/absent/")


@pytest.mark.parametrize(
    ("error", "status"), [(PermissionDenied, 403), (SuspiciousOperation("x"), 400)]
)
def test_refusals_keep_the_menus_too(quiet, menus, monkeypatch, error, status):
    monkeypatch.setattr("search.queries.search", failing(error))
    response = quiet.get("/recherche/?q=x")
    assert response.status_code == status
    assert "Le Bulletin" in html(response)
    assert "no-store" in response["Cache-Control"]


def test_a_form_from_elsewhere_gets_a_page_that_says_what_to_do(menus):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("a@example.org"))
    response = client.post("/compte/login/", {"login": "x"})
    if response.status_code == 302:  # signed in already: another form
        response = client.post("/compte/logout/")
    assert response.status_code == 403
    assert "Le Bulletin" in html(response)


def test_too_many_attempts_get_a_page_with_a_delay(rf, menus):
    request = rf.get("/compte/login/")
    request.user = User()
    response = errors.too_many_requests(request)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_a_failure_gets_the_plain_page(quiet, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("search.queries.search", failing(RuntimeError("boom")))
    response = quiet.get("/recherche/?q=x")
    assert response.status_code == 500
    assert "Maisons de services au public" in html(response)
    assert "boom" not in html(response)
    assert response["Content-Security-Policy"]
    with django_assert_num_queries(0):
        errors.server_error(RequestFactory().get("/"))


def test_when_the_menus_cannot_be_read_the_page_is_plain_but_says_404(quiet, monkeypatch):
    monkeypatch.setattr(
        context_processors.SiteSettings, "for_request_or_none", failing(OperationalError("away"))
    )
    response = quiet.get("/absent/")
    assert response.status_code == 404
    assert "away" not in html(response)


def test_when_the_database_is_away_the_reader_gets_the_plain_page(quiet, monkeypatch):
    from django.db.backends.utils import CursorWrapper

    monkeypatch.setattr(CursorWrapper, "execute", failing(OperationalError("no route to 10.0.0.3")))
    response = quiet.get("/absent/")
    assert response.status_code == 500
    assert "10.0.0.3" not in html(response)
    assert "Le site rencontre un problème" in html(response)


def test_even_without_its_template_an_error_is_answered(monkeypatch):
    monkeypatch.setattr(errors.loader, "get_template", failing(RuntimeError("no template")))
    assert errors.server_error(RequestFactory().get("/")).status_code == 500
