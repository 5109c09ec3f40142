"""Every address as every role: what each app declared is what is answered, and none is forgotten.

Cases come from `cms.registry.url_cases`; docs/roles.md says how to write one.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLResolver
from django.utils import translation

from accounts.factories import UserFactory
from accounts.roles import Scope
from accounts.scopes import ROLES as ASSIGNABLE
from accounts.scopes import ScopeKind
from accounts.services import scope_choices
from cms import errors, registry
from cms.matrix import ANSWERS, ELSEWHERE, REFUSED, ROLES, SIGN_IN, Case, Group
from tests.support.crawling import Crawler

pytestmark = pytest.mark.slow

# Pages that read or write the session of whoever asks.
OF_THE_SESSION = ("/compte/", "/admin/", "/_util/")
SIGN_IN_PATHS = {"/compte/connexion/", "/admin/login/", "/_util/login/"}


# -- What there is ------------------------------------------------------------
def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """The route of every address, as `ResolverMatch.route` gives it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        # Joined as `URLResolver._join_route` does.
        own = str(pattern.pattern)
        route = prefix + (own.removeprefix("^") if prefix else own)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def declared() -> tuple[list[Case], list[Group]]:
    cases, groups = [], []
    for provider in registry.url_cases:
        for entry in provider():
            if isinstance(entry, Group):
                groups.append(entry)
            else:
                cases.append(entry)
    return cases, groups


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[tuple[list[Case], list[Group]]]:
    """What apps declare, with the rows that it names: written once, and each role starts from them.

    Each test's transaction is a savepoint of this one.
    """
    french = translation.override(settings.LANGUAGE_CODE)
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own
    with django_db_blocker.unblock(), french, around:
        yield declared()
        transaction.set_rollback(True)


@pytest.fixture
def short_errors(monkeypatch) -> None:
    """Error pages without what they show, after the first: thousands are asked for here, and
    tests/cms/test_errors.py reads them."""
    shown = set()
    whole = errors._page

    def page(request: Any, status: int, template: str) -> HttpResponse:
        if status in shown:
            return HttpResponse(status=status)
        shown.add(status)
        return whole(request, status, template)

    monkeypatch.setattr(errors, "_page", page)


def route_of(case: Case) -> str:
    try:
        return resolve(urlsplit(case.url).path).route
    except Resolver404:
        pytest.fail(f"{case.url}: a case for an address that does not exist", pytrace=False)


DUMMIES = {"int": "99999", "uuid": "00000000-0000-4000-8000-000000000000", "slug": "x", "str": "x"}


UNTOLD = re.compile(r"\(\?P<\w+>[^()]*(\([^()]*\))*[^()]*\)|\([^()]*\)")


def address_of(route: str) -> str:
    """An address of this route, its arguments made up."""
    path = re.sub(r"<(\w+):\w+>", lambda m: DUMMIES.get(m[1], "x"), route)
    path = re.sub(r"<\w+>", "x", path)
    path = UNTOLD.sub("1", path)
    return "/" + path.replace("^", "").replace("$", "").replace("\\Z", "")


def has_arguments(route: str) -> bool:
    return "<" in route or "(" in route


# -- Who asks ------------------------------------------------------------------
def person(role: str) -> Any:
    if role == "person":
        return UserFactory()
    if role in ("agent", "manager"):
        return member(role)
    kind = ASSIGNABLE[role].scope_kinds[0]
    if kind == ScopeKind.NATIONAL:
        return UserFactory(role=role)
    choices = scope_choices(kind)
    code = next(iter(choices), None) if choices is not None else "x"
    if code is None:
        code = made_up(kind)
    return UserFactory(role=role, scope=Scope(kind, code))


def member(role: str) -> Any:
    user = UserFactory()
    if apps.is_installed("maisons"):
        from maisons.factories import MembershipFactory

        MembershipFactory(user=user, role=role)
    return user


def made_up(kind: str) -> str:
    """The code of something of this kind, made for the test."""
    from cms.models import Department, Region

    if kind == ScopeKind.DEPARTMENT:
        region, _ = Region.objects.get_or_create(code="84", defaults={"name": "Auvergne"})
        return Department.objects.create(code="15", name="Cantal", region=region).code
    from maisons import factories

    if kind == ScopeKind.OPERATOR:
        return factories.OperatorFactory().code
    return factories.HostOrganisationFactory().slug


# -- What is answered ----------------------------------------------------------
def leads_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and urlsplit(response.url).path in SIGN_IN_PATHS


def agrees(response: Any, answer: Any) -> bool:
    status = response.status_code
    if answer == SIGN_IN:
        return leads_to_sign_in(response)
    if answer == ELSEWHERE:
        return status == 302 and not leads_to_sign_in(response)
    if answer == REFUSED:
        back = status == 302 and urlsplit(response.url).path == "/admin/"
        return status in (403, 404) or back or leads_to_sign_in(response)
    if answer == ANSWERS:
        return status < 500
    return status in answer if isinstance(answer, frozenset) else status == answer


def said(response: Any) -> str:
    return f"{response.status_code} {getattr(response, 'url', '')}".strip()


@pytest.mark.django_db
def test_every_address_has_a_case(world):
    cases, groups = world
    covered = {route_of(case) for case in cases}
    prefixes = tuple(group.prefix for group in groups)
    forgotten = [
        route
        for route in routes()
        if route not in covered and not route.removeprefix("^").startswith(prefixes)
    ]
    assert not forgotten, (
        "No case says what these addresses answer to each role; add them to the url_cases.py of their"
        f" app (docs/roles.md): {forgotten}"
    )


# wagtail-localize pages through its translations in no order.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_as_declared(role, world, short_errors, settings):
    settings.REQUIRE_MFA = False
    cases, groups = world
    covered = {route_of(case) for case in cases}
    client = Crawler(raise_request_exception=False)
    user = None if role == "anonymous" else person(role)
    wrong = []
    fresh = False

    def ask(url: str, answer: Any, method: str = "get", data: Any = None) -> None:
        # An address that may have changed the session is followed by a new one.
        nonlocal fresh
        if user is not None and not fresh:
            client.force_login(user)
        response = getattr(client, method)(url, data or {})
        kept = settings.SESSION_COOKIE_NAME not in response.cookies
        fresh = method == "get" and kept and not url.startswith(OF_THE_SESSION)
        if not agrees(response, answer):
            wrong.append(f"{url}: {said(response)} instead of {answer}")

    for case in cases:
        ask(case.url, case.answer_for(role), case.method, dict(case.data))
    for group in (group for group in groups if role in group.asked_as):
        for route in routes():
            plain = route.removeprefix("^")
            if not plain.startswith(group.prefix) or route in covered:
                continue
            if plain.startswith(group.skip):
                continue
            if role in group.index_only and has_arguments(route):
                continue
            ask(address_of(route), group.answer_for(role))
    assert not wrong, f"As {role}:\n" + "\n".join(wrong)
