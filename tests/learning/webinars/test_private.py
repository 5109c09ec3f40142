"""Nothing private of a webinar leaves the room of members: looked for on every surface, as each reader."""

import uuid

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from accounts.models import Message, Thread
from accounts.threads.factories import MessageFactory
from cms import registry
from cms.factories import SiteDocumentFactory
from learning.models import WebinarDocument, WebinarNote, WebinarPresence, WebinarRegistration
from learning.webinars import telling
from learning.webinars.discussions import KIND
from learning.webinars.factories import (
    MEETING,
    make_member,
    make_note,
    make_registration,
    make_replay,
    make_webinar,
    page_of,
    recording,
)

pytestmark = pytest.mark.django_db
SECRETS = (MEETING, "zorglubine", "kaamelottin", "tarentuline", "quetzalcoatl")


@pytest.fixture
def world(settings):
    """A live webinar and a replay; what must not leave the room holds one of the secrets."""
    settings.PAGE_CACHE = True
    cache.clear()
    live = make_webinar("Webinaire en direct", begins=-0.5)
    media = recording(title="tarentuline")
    media.transcript = "On y dit tarentuline."
    media.save()
    replay = make_replay(title="Webinaire passé", recording=media)
    for webinar in (live, replay):
        make_registration(webinar, make_member(last_name="Zorglubine"))
        make_note(webinar, make_member(), "La note kaamelottin", is_public=True)
        make_note(webinar, make_member(), "La note kaamelottin à moi")
        MessageFactory(target=(KIND, webinar.uuid), text="Un message quetzalcoatl")
    call_command("rebuild_search", verbosity=0)
    return live, replay, media


def surfaces(*webinars):
    yield from ("/", "/formation/", "/sitemap.xml", "/robots.txt", "/sessions/")
    for word in SECRETS[1:]:
        yield f"/recherche/?q={word}"
        yield f"/api/v1/recherche/suggestions?q={word[:5]}"
    yield "/recherche/?q=webinaire"
    for webinar in webinars:
        yield page_of(webinar).get_url()
        yield f"/webinaires/{webinar.uuid}/agenda.ics"
        yield webinar.get_absolute_url()


def shown_to(client, addresses):
    found = {}
    for address in addresses:
        text = client.get(address, follow=True).content.decode().lower()
        asked = address.rpartition("=")[2].lower() if "q=" in address else ""
        words = {word for word in SECRETS if word in text and not (asked and asked in word)}
        if words:
            found[address] = words
    return found


def test_nobody_outside_the_network_is_told_anything_private(world):
    live, replay, _media = world
    # A member first, so that a page kept for everybody from theirs would show.
    member = Client()
    member.force_login(make_member())
    member.get(page_of(replay).get_url())
    stranger = Client()
    stranger.force_login(UserFactory())
    for client in (Client(), stranger):
        assert shown_to(client, surfaces(live, replay)) == {}


def test_a_member_who_is_not_registered_never_sees_the_link_nor_the_names(world):
    live, replay, _media = world
    client = Client()
    client.force_login(make_member())
    for words in shown_to(client, surfaces(live, replay)).values():
        assert not words & {MEETING, "zorglubine"}
    assert "tarentuline" in client.get(replay.get_absolute_url()).content.decode()


def test_a_search_finds_no_word_of_a_private_recording(world):
    for give in registry.sitemap_entries:
        assert not any(str(world[1].uuid) in entry["location"] for entry in give())
    html = Client().get("/recherche/?q=tarentuline").content.decode()
    assert "Webinaire passé" not in html


def reads(user, url):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(url).status_code == 200


def test_the_recording_is_for_members_until_it_is_public(world):
    _live, replay, media = world
    outside, member = [None, UserFactory()], make_member()
    for url in (media.url, media.captions.url):
        assert [reads(user, url) for user in (*outside, member)] == [False, False, True]
    page = page_of(replay)
    page.recording_is_public = True
    page.save_revision().publish()
    assert [reads(user, media.url) for user in outside] == [True, True]
    html = Client().get(page.get_url()).content.decode()
    # Then its notes go with it, never those of one viewer.
    assert "La note kaamelottin" in html
    assert "à moi" not in html
    page.recording_is_public = False
    page.save_revision().publish()
    assert [reads(user, media.url) for user in (*outside, member)] == [False, False, True]


def test_a_recording_prepared_before_the_end_is_read_by_nobody_but_the_team():
    trainer, media = UserFactory(role="trainer"), recording()
    make_webinar(begins=5, recording=media, trainers=[trainer])
    assert [reads(user, media.url) for user in (make_member(), trainer)] == [False, True]


def test_documents_are_for_members(world):
    _live, replay, _media = world
    document = SiteDocumentFactory()
    page = page_of(replay)
    page.documents.add(WebinarDocument(document=document))
    page.save_revision().publish()
    readers = (None, UserFactory(), make_member())
    assert [reads(user, document.url) for user in readers] == [False, False, True]


def test_a_webinar_for_some_is_nowhere_for_the_others():
    webinar = make_webinar("Réservé")
    PageViewRestriction.objects.create(
        page=page_of(webinar), restriction_type=PageViewRestriction.LOGIN
    )
    assert "Réservé" not in Client().get("/formation/").content.decode()
    assert Client().get(f"/webinaires/{webinar.uuid}/agenda.ics").status_code == 404


# -- Cost -----------------------------------------------------------------------------------------


def fill(webinar, many):
    people = [make_member() for _ in range(2)]
    from accounts.models import User

    users = User.objects.bulk_create(
        User(email=f"p{n}@agents.example.org", first_name="P", last_name=f"{n:04}")
        for n in range(many)
    )
    WebinarRegistration.objects.bulk_create(
        WebinarRegistration(webinar=webinar, user=user) for user in users
    )
    WebinarPresence.objects.bulk_create(
        WebinarPresence(webinar=webinar, user=user, joined_at=timezone.now()) for user in users
    )
    WebinarNote.objects.bulk_create(
        WebinarNote(
            webinar=webinar,
            author=people[0],
            moment=n,
            text=f"Note {n}",
            is_public=True,
            submission=uuid.uuid4(),
        )
        for n in range(many)
    )
    thread, _made = Thread.objects.get_or_create(target_kind=KIND, target_key=webinar.uuid)
    Message.objects.bulk_create(
        Message(
            thread=thread,
            author=people[1],
            text=f"Message {n}",
            submission=uuid.uuid4(),
            is_question=n % 2 == 0,
        )
        for n in range(many)
    )


def cost(client, address):
    cache.clear()
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("many", [10, 1000])
def test_its_pages_cost_the_same_whatever_the_crowd(client, many):
    trainer, agent = UserFactory(role="trainer"), make_member()
    webinar = make_replay(trainers=[trainer])
    fill(webinar, many)
    anonymous = Client()
    assert cost(anonymous, page_of(webinar).get_url()) <= 20
    client.force_login(agent)
    room, empty = cost(client, webinar.get_absolute_url()), cost(client, "/espace-pro/discussions/")
    assert room - empty <= 15, (room, empty)
    assert cost(client, "/espace-pro/webinaires/") - empty <= 5
    client.force_login(trainer)
    assert cost(client, f"{webinar.get_absolute_url()}equipe/") <= 25


def test_telling_a_crowd_costs_little_each(django_assert_max_num_queries):
    webinar = make_webinar()
    fill(webinar, 100)
    with django_assert_max_num_queries(30 + 100):
        telling.bring_up_to_date.call(webinar.pk)
