"""A wrong or hostile value in any query parameter never gives a 500, whatever the address.

Addresses come from the resolver, from the cases that apps declare and from pages of every type;
parameters from the forms and views of our apps, and from a list of what addresses commonly take.
"""

import re
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest import mock
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django import forms
from django.conf import settings
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from cms import registry
from cms.factories import StandardPageFactory
from cms.matrix import Case
from tests.support.crawling import Crawler

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = Path(__file__).resolve().parent.parent
APPS = tuple(settings.OUR_APPS)
COMMON = {
    *("q", "query", "page", "p", "kind", "format", "next", "lang", "locale", "order", "sort"),
    *("annee", "year", "theme", "departement", "region", "commune", "statut", "date", "du", "au"),
}
# Already encoded, as a program that tries doors sends them.
VALUES = [
    "",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "%E2%80%AE%F0%9F%98%80",
    "-1",
    "9" * 60,
    "NaN",
    "2016-99-99",
    quote("1'; DROP TABLE cms_basepage; --"),
    quote('"*) NEAR( ^ : {x} \\ %s %(x)s <script> {{ 7*7 }}'),
    quote("//evil.example.org/../../etc/passwd\r\nSet-Cookie: a=b"),
    "x" * 3000,
]
ALONE = ["%00", "9" * 60]


def parameters():
    """The names of every parameter that our forms and views know, and the common ones."""
    read = re.compile(r"GET(?:\.get(?:list)?\(|\[)\s*[\"'](\w+)")
    named = {
        name
        for app in APPS
        for file in (ROOT / app).rglob("*.py")
        for name in read.findall(file.read_text())
    }
    return sorted(COMMON | named | {name for form in all_forms() for name in form.base_fields})


def all_forms(base=forms.BaseForm):
    for form in base.__subclasses__():
        if form.__module__.split(".")[0] in APPS and hasattr(form, "base_fields"):
            yield form
        yield from all_forms(form)


def routes():
    """Addresses without arguments, those of Wagtail's own admin aside."""

    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern).removeprefix("^")
            if hasattr(pattern, "url_patterns"):
                if str(pattern.pattern) != "admin/":
                    yield from walk(pattern, route)
            elif not re.search(r"[<(\[*]", route):
                yield "/" + route.removesuffix("$").removesuffix("\\Z")

    return set(walk(get_resolver(), ""))


# Addresses whose views read parameters, with some that each surely reads; the other tests ask every address.
EACH_READS = {
    "/recherche/": {"q", "page"},
    "/maisons/": {"q", "departement", "page"},
    "/compte/connexion/": {"next"},
}
BEHIND_SIGN_IN = ("/admin/", "/compte/", "/espace-pro/", "/exports/", "/consultations/")
OURS_IN_ADMIN = {"/admin/bin/", "/admin/tasks/", "/admin/consultations/"}


def addresses():
    declared = {
        urlsplit(case.url).path
        for provider in registry.url_cases
        for case in provider()
        if isinstance(case, Case) and case.method == "get" and not case.url.startswith("/admin/")
    }
    return sorted(declared | routes() | pages() | OURS_IN_ADMIN)


def pages():
    from bulletin.factories import article, bulletin_index, issue
    from maisons.factories import OperatorNewsPageFactory

    number = issue(live=True)
    text = article(number, live=True)
    news = OperatorNewsPageFactory()
    operators = [news, news.get_parent(), news.get_parent().get_parent()]
    found = [StandardPageFactory(), number, text, bulletin_index(), *operators]
    paths = {"/", *[page.get_url() for page in found]}
    return paths | {f"/en{path}" for path in paths}


@pytest.fixture
def failures(settings):
    """The addresses that failed, each with its query."""
    settings.PAGE_CACHE = False
    return []


def ask(client, url, failures):
    response = client.get(url)
    if response.status_code >= 500 and not url.startswith("/readyz"):
        failures.append(f"{response.status_code} {url[:120]}")
    return response


def mixed(names, start, rounds=3):
    """Parameters with values that differ from one to the next, from round to round, from address to address."""
    return [
        "&".join(
            f"{name}={VALUES[(n + start + 3 * shift) % len(VALUES)]}"
            for n, name in enumerate(names)
        )
        for shift in range(rounds)
    ]


def ask_everything(client, paths, failures):
    names = parameters()
    for start, path in enumerate(paths):
        if leads_to_sign_in(ask(client, path, failures)):
            continue
        for query in mixed(names, start):
            ask(client, f"{path}?{query}", failures)
        lists = urlencode([(name, value) for name in names for value in ("1", "2", "x")])
        odd = "&&=&%00=1&==&%&" + "&".join(f"{name}[]=1" for name in names)
        ask(client, f"{path}?{lists}{odd}", failures)


def leads_to_sign_in(response):
    """Whoever is not signed in is sent away before any parameter is read."""
    return response.status_code == 302 and response.url.startswith("/compte/connexion/")


def test_no_value_of_any_parameter_breaks_a_public_address(failures):
    ask_everything(Crawler(raise_request_exception=False), addresses(), failures)
    assert not failures


def test_nor_an_address_behind_sign_in(failures):
    client = Crawler(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("root@example.org"))
    behind = [path for path in addresses() if path.startswith(BEHIND_SIGN_IN)]
    assert set(OURS_IN_ADMIN) <= set(behind)
    ask_everything(client, behind, failures)
    assert not failures


def test_no_parameter_breaks_an_address_by_itself(failures):
    """A first wrong parameter may hide what a second one breaks. What an address never looks at breaks nothing."""
    client = Crawler(raise_request_exception=False)
    for path, surely in EACH_READS.items():
        looked_at = names_looked_at(client, path)
        assert surely <= looked_at
        for name in sorted(looked_at):
            for value in ALONE:
                ask(client, f"{path}?{name}={value}", failures)
    assert not failures


def names_looked_at(client, path):
    """The parameters that the code behind an address asks for, whatever they hold."""
    seen = set()

    def noting(method):
        def asked(self, key, *args, **kwargs):
            # Reading the query and going through all of it ask for none by its name.
            if sys._getframe(1).f_code.co_name not in {"setlistdefault", "items", "values", "dict"}:
                seen.add(key)
            return method(self, key, *args, **kwargs)

        return asked

    names = parameters()
    with ExitStack() as stack:
        for reader in ("__getitem__", "__contains__", "getlist"):
            method = getattr(MultiValueDict, reader, None) or dict.__contains__
            stack.enter_context(mock.patch.object(MultiValueDict, reader, noting(method)))
        for query in ("", "?" + "&".join(f"{name}=1" for name in names)):
            client.get(path + query)
    return seen & set(names)


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/bulletin/%00",
        "/recherche/%00/",
        "/%FF%FE/",
        "/" + "x" * 3000 + "/",
        "/" + "x/" * 300,
        "/maisons/%27%20OR%201=1/",
        "/medias/image/x/y/z",
        "/medias/image/00000000-0000-4000-8000-000000000000/original/%00",
        "/sitemap-99999999999999999999999999.xml",
        "/..%2f..%2fetc/passwd",
    ],
)
def test_no_address_breaks_the_site(failures, path):
    ask(Crawler(raise_request_exception=False), path, failures)
    assert not failures


def test_the_search_for_parameters_finds_ours():
    assert {"q", "page", "kind", "format", "p", "next"} <= set(parameters())
    assert {"/recherche/", "/maisons/", "/compte/connexion/"} <= routes()
