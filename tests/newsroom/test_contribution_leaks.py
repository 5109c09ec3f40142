"""What was not accepted, and who wrote without signing, appear to nobody else: one walk, as each role."""

import json
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from accounts.factories import UserFactory
from cms import registry
from maisons.factories import MembershipFactory
from newsroom import factories_meetings as make
from newsroom.models import Contribution

pytestmark = pytest.mark.django_db
HIDDEN = ("draft", "submitted", "refused", "withdrawn")
WORD = "zorglub"
AUTHOR = "Tarentule"


@pytest.fixture
def world(settings):
    """On a public consultation, one contribution of each state; a published one on a restricted one."""
    settings.PAGE_CACHE = True
    settings.REQUIRE_MFA = False
    cache.clear()
    author = UserFactory(last_name=AUTHOR)
    page = make.consultation("Publique")
    shown = make.contribution(page, title="Visible", author=author)
    rows = [
        make.contribution(page, state=state, title=f"{WORD} {state}", text=WORD, author=author)
        for state in HIDDEN
    ]
    closed = make.consultation("Réservée")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=closed.pk), restriction_type=PageViewRestriction.GROUPS
    )
    rows.append(make.contribution(closed, title=f"{WORD} réservée", text=WORD, author=author))
    gone = make.consultation("Dépubliée")
    rows.append(make.contribution(gone, title=f"{WORD} dépubliée", text=WORD, author=author))
    gone.unpublish()
    call_command("rebuild_search", verbosity=0)
    return SimpleNamespace(page=page, rows=rows, shown=shown, author=author)


def addresses(page, rows):
    lists = [
        *("/", "/consultations/", page.get_url(), "/sitemap.xml", "/espace-pro/"),
        *("/espace-pro/echanger/", reverse("newsroom_contributions"), "/compte/notifications/"),
        "/recherche/?q=visible",
        reverse("newsroom_moderation_list"),
        "/exports/contributions/",
        "/exports/contributions/?format=xlsx",
    ]
    each = [
        reverse(name, args=[row.uuid])
        for row in rows
        for name in ("newsroom_contribution", "newsroom_moderation")
    ]
    return [*lists, *each, *[f"/en{url}" for url in lists if url.startswith("/consultations/")]]


def people():
    yield "anonymous", None
    yield "person", UserFactory()
    yield "agent", MembershipFactory(user=UserFactory(), role="agent").user
    for role in ("trainer",):
        yield role, UserFactory(role=role)


def body(response):
    content = response.streaming_content if response.streaming else [response.content]
    return b"".join(content).decode(errors="ignore")


def test_nobody_sees_what_was_not_accepted_nor_who_did_not_sign(world):
    client = Client()
    client.force_login(world.author)
    client.get(
        world.page.get_url()
    )  # first, so that a page kept for everybody from theirs would show
    for role, user in people():
        client = Client()
        if user:
            client.force_login(user)
        for url in addresses(world.page, world.rows):
            text = body(client.get(url, follow=True))
            assert WORD not in text, (role, url)
            assert AUTHOR not in text, (role, url)
        assert "Visible" in body(client.get(world.page.get_url()))


def test_registries_tell_nothing_of_them(world):
    for _role, user in people():
        if user is None:
            continue
        request = RequestFactory().get("/")
        request.user = user
        given = [list(door(request)) for door in registry.pro_doors]
        given += [panel(request) for panel in registry.pro_panels]
        assert WORD not in json.dumps(given, default=str)


def test_moderators_read_what_was_sent_and_neither_drafts_nor_what_was_withdrawn(world):
    client = Client()
    client.force_login(UserFactory(role="editor"))
    readable = {
        row.state: client.get(reverse("newsroom_moderation", args=[row.uuid])).status_code
        for row in world.rows
        if row.consultation_id == world.page.pk
    }
    assert readable == {"draft": 404, "submitted": 200, "refused": 200, "withdrawn": 404}
    exported = body(client.get("/exports/contributions/?format=csv"))
    assert AUTHOR not in exported
    assert f"{WORD} submitted" in exported
    assert f"{WORD} draft" not in exported


def test_an_author_sees_their_own_alone(world):
    other = make.contribution(world.page, state="draft", title="À autrui")
    client = Client()
    client.force_login(world.author)
    text = body(client.get(reverse("newsroom_contributions")))
    assert all(f"{WORD} {state}" in text for state in HIDDEN)
    assert other.title not in text
    assert Contribution.objects.visible_to(world.author).get() == world.shown
