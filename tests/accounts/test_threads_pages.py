"""The pages of discussions: forms, permalinks, hostile texts, what shows where, and their cost."""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.factories import UserFactory
from accounts.models import Message, MessageState
from accounts.threads import services
from accounts.threads.factories import MessageFactory
from learning.discussions import KIND
from learning.factories import ModuleFactory
from maisons.factories import MembershipFactory

from .test_threads import member, write

pytestmark = pytest.mark.django_db
SECRET = "tarentule"


@pytest.fixture
def module():
    return ModuleFactory()


@pytest.fixture
def address(module):
    return reverse("threads:discussion", args=[KIND, module.translation_key])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def html(response):
    return response.content.decode()


def send(client, address, text="Bonjour.", **data):
    return client.post(address, {"text": text, "submission": uuid.uuid4(), **data})


def test_a_message_is_sent_and_its_permalink_leads_to_it(address):
    client = signed_in(member())
    response = send(client, address)
    message = Message.objects.latest("pk")
    assert response.url == message.get_absolute_url()
    page = client.get(response.url)
    assert page.url == f"{address}#message-{message.uuid}"
    assert f'id="message-{message.uuid}"' in html(client.get(address))


def test_a_permalink_finds_the_page_on_which_its_message_stands(module, address):
    first = write(member(), module)
    for _ in range(40):
        MessageFactory(thread=first.thread, author=first.author)
    reader = signed_in(member())
    assert reader.get(first.get_absolute_url()).url == f"{address}?page=2#message-{first.uuid}"
    assert f"message-{first.uuid}" in html(reader.get(f"{address}?page=2"))


def test_a_newcomer_is_told_that_the_message_waits(address):
    client = signed_in(UserFactory(role="trainer"))
    assert "premier message" in html(client.get(address))
    page = client.get(send(client, address).url, follow=True)
    assert "Attend un modérateur" in html(page)


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    'http://x.example.org/"onmouseover="alert(1)',
    "{{ 7*7 }} {% load x %}",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(module, address, text):
    message = write(member(), module)
    Message.objects.filter(pk=message.pk).update(text=text)
    page = html(signed_in(member()).get(address))
    body = page.split('class="message__text"')[1].split("</div>")[0]
    assert "<script" not in body and "<img" not in body and "49" not in body
    assert 'href="javascript' not in body and '"onmouseover="' not in body


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\x00b"])
def test_a_wrong_text_is_said_and_nothing_is_kept(address, text):
    response = send(signed_in(member()), address, text)
    assert response.status_code == 200 and "error-summary" in html(response)
    assert not Message.objects.filter(thread__target_kind=KIND).exists()


@pytest.mark.parametrize("answers", ["zz", "00000000-0000-4000-8000-000000000000"])
def test_answering_what_is_not_there_is_said(address, answers):
    assert send(signed_in(member()), address, answers=answers).status_code == 200


def test_too_many_messages_in_a_minute_wait(address, clock):
    cache.clear()
    client = signed_in(member())
    answers = [send(client, address).status_code for _ in range(8)]
    assert answers[:6] == [302] * 6 and answers[-1] == 429


def test_hiding_and_reporting_ask_for_a_reason(module):
    message, team = write(member(), module), UserFactory(role="national-team")
    client = signed_in(team)
    url = reverse("threads:hide", args=[message.uuid])
    assert "error-summary" in html(client.post(url, {"reason": ""}))
    done = client.post(url, {"reason": "Hors sujet.", "retour": "moderation"})
    assert done.url == reverse("threads:to_moderate")
    message.refresh_from_db()
    assert message.state == MessageState.HIDDEN


def test_a_module_shows_its_last_messages_to_members_and_none_to_visitors(module):
    write(member(), module, SECRET)
    url = module.get_url()
    assert SECRET in html(signed_in(member()).get(url))
    assert SECRET not in html(Client().get(url))
    assert SECRET not in html(signed_in(UserFactory()).get(url))


def test_what_is_not_shown_appears_nowhere(module, address):
    author, team = member(), UserFactory(role="national-team")
    rows = [write(author, module, f"{SECRET} {n}") for n in range(3)]
    services.hide(rows[0], team, "Hors sujet.")
    services.withdraw(rows[1], author)
    Message.objects.filter(pk=rows[2].pk).update(state=MessageState.HELD)
    reader = signed_in(member())
    pages = [address, module.get_url(), "/espace-pro/discussions/", "/espace-pro/", "/formation/"]
    pages += [f"/recherche/?q={SECRET}", "/compte/notifications/"]
    for page in pages:
        body = html(reader.get(page, follow=True))
        assert not any(f"{SECRET} {n}" in body for n in range(3)), page
    for row in rows:
        for name in ("message", "report", "correct", "hide"):
            url = reverse(f"threads:{name}", args=[row.uuid])
            assert reader.get(url).status_code == 404, url
        assert reader.post(reverse("threads:act", args=[row.uuid, "publier"])).status_code == 404


def test_moderators_find_what_waits_in_one_place(module):
    write(UserFactory(role="trainer"), module, SECRET)
    client = signed_in(UserFactory(role="national-team"))
    for page in ("/espace-pro/discussions/a-moderer/", "/espace-pro/discussions/"):
        assert "modérer" in html(client.get(page))
    assert SECRET in html(client.get("/espace-pro/discussions/a-moderer/?etat=a-lire"))


@pytest.mark.parametrize("count", [10, 1000])
def test_a_discussion_costs_the_same_with_much_in_it(
    module, address, count, django_assert_max_num_queries
):
    first = write(member(), module)
    Message.objects.bulk_create(
        Message(thread=first.thread, author=first.author, text=f"n {n}", submission=uuid.uuid4())
        for n in range(count)
    )
    agent = MembershipFactory(user=UserFactory()).user
    reader, team = signed_in(agent), signed_in(UserFactory(role="national-team"))
    for client in (reader, team):
        for url in (address, f"{address}?page={count // 500 + 1}", "/espace-pro/discussions/"):
            client.get(url)
            with django_assert_max_num_queries(18 if client is team else 15, info=url):
                assert client.get(url).status_code == 200
    with django_assert_max_num_queries(30):
        assert reader.get(module.get_url()).status_code == 200
