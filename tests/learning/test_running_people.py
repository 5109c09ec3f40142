"""Who comes: found among members alone, in the order of the queue, written to once."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.factories import UserFactory
from cms.models import OutboxMessage
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import RegistrationState as S
from learning.models import Registration, SessionMessage
from learning.running import messages, people
from learning.services.registrations import CannotRegister, register
from learning.writing import sending
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return UserFactory(role="trainer")


@pytest.fixture
def session(me):
    return SessionFactory(trainer=me, capacity=2)


@pytest.fixture
def client(me):
    return client_of(me)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def member(**names):
    user = UserFactory(**names)
    MembershipFactory(user=user)
    return user


def address(name, session, *more):
    return reverse(f"learning:{name}", args=[session.uuid, *more])


# -- Somebody more --------------------------------------------------------------------------------


def test_only_members_of_the_network_are_found_by_three_letters():
    found = member(first_name="Nour", last_name="Bastide")
    UserFactory(first_name="Nour", last_name="Bastide")
    left = member(first_name="Nour", last_name="Bastide")
    left.is_active = False
    left.save()
    assert people.search("bast nour") == [found]
    assert people.search("ba") == [] == people.search("   ")


def test_an_address_is_found_whole_and_never_completed():
    found = member(email="nour.bastide@example.org", first_name="A", last_name="B")
    assert people.search("Nour.Bastide@example.org") == [found]
    assert people.search("nour.bastide@") == []


def test_no_address_is_shown_by_the_search(client, session):
    found = member(first_name="Nour", last_name="Bastide")
    page = client.get(address("run-add", session), {"q": "Bastide"}).content.decode()
    assert "Nour Bastide" in page and found.email not in page


def test_somebody_is_registered_by_the_trainer(client, session):
    person = member()
    client.post(address("run-add", session), {"person": person.uuid})
    [row] = Registration.objects.filter(session=session)
    assert (row.user, row.state) == (person, S.CONFIRMED)
    assert row.maison == person.memberships.get().maison


def test_at_the_door_a_free_place_is_enough(me):
    session = SessionFactory(trainer=me, capacity=2, starts_in=-dt.timedelta(hours=1))
    RegistrationFactory(session=session, state=S.WAITING)
    row = register(session, member(), by=me, at_the_door=True)
    assert row.state == S.CONFIRMED
    register(session, member(), by=me, at_the_door=True)
    with pytest.raises(CannotRegister):
        register(session, member(), by=me, at_the_door=True)


def test_before_the_start_the_trainer_jumps_no_queue(client, session):
    RegistrationFactory.create_batch(2, session=session)
    RegistrationFactory(session=session, state=S.WAITING)
    person = member()
    client.post(address("run-add", session), {"person": person.uuid})
    assert Registration.objects.get(user=person).state == S.WAITING


def test_whoever_is_not_of_the_network_cannot_be_registered(client, session):
    client.post(address("run-add", session), {"person": UserFactory().uuid})
    assert not Registration.objects.exists()


# -- The queue ------------------------------------------------------------------------------------


def test_only_the_national_team_puts_somebody_first_and_it_stays_in_the_history(client, session):
    first, second = RegistrationFactory.create_batch(2, session=session, state=S.WAITING)
    act = address("run-person-act", session, second.uuid, "en-tete")
    assert client.post(act, {"first-reason": "Seule Maison du canton"}).status_code == 403
    team = client_of(UserFactory(role="national-team"))
    assert team.post(act, {"first-reason": " "}).status_code == 422
    team.post(act, {"first-reason": "Seule Maison du canton"})
    assert list(Registration.objects.filter(session=session).queue()) == [second, first]
    assert second.events.get().reason == "Seule Maison du canton"


def test_a_trainer_cancels_somebody_for_a_reason(client, session):
    row = RegistrationFactory(session=session)
    act = address("run-person-act", session, row.uuid, "annuler")
    assert client.post(act, {}).status_code == 422
    client.post(act, {"cancel-reason": "Doublon avec un autre module"})
    row.refresh_from_db()
    assert row.state == S.CANCELLED and row.events.get().reason.startswith("Doublon")


def test_the_page_of_one_person_shows_adjustments_to_named_trainers_alone(client, session):
    row = RegistrationFactory(session=session, accommodations="Boucle magnétique")
    page = address("run-person", session, row.uuid)
    assert "Boucle magnétique" in client.get(page).content.decode()
    team = client_of(UserFactory(role="national-team"))
    assert "Boucle magnétique" not in team.get(page).content.decode()


def test_a_person_of_another_session_is_not_found_here(client, session):
    other = RegistrationFactory()
    assert client.get(address("run-person", session, other.uuid)).status_code == 404


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_list_leaves_without_adjustments_nor_addresses(client, session, fmt):
    row = RegistrationFactory(
        session=session, accommodations="Boucle magnétique", expectations="=1+1"
    )
    url = "/exports/learning-participants/"
    answer = client.get(url, {"session": session.uuid, "format": fmt})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if fmt == "csv":
        text = content.decode()
        assert row.user.last_name in text and "'=1+1" in text
        assert "Boucle" not in text and row.user.email not in text
    else:
        assert content.startswith(b"PK")


def test_the_list_of_a_session_of_others_is_empty(client, me, session):
    other = SessionFactory()
    row = RegistrationFactory(session=other)
    answer = client.get("/exports/learning-participants/", {"session": other.uuid, "format": "csv"})
    assert row.user.last_name not in b"".join(answer.streaming_content).decode()


# -- Messages -------------------------------------------------------------------------------------


def form(**values):
    data = {
        "token": uuid.uuid4(),
        "audience": "registered",
        "subject": "Le parking",
        "text": "Bonjour",
    }
    return data | values


def deliver():
    for message in SessionMessage.objects.all():
        messages.deliver.func(message.pk)


def test_a_message_is_read_over_then_sent_once_to_each(client, session):
    rows = RegistrationFactory.create_batch(2, session=session)
    RegistrationFactory(session=session, state=S.CANCELLED)
    data = form()
    preview = client.post(address("run-write", session), data)
    assert preview.context["preview"] and not SessionMessage.objects.exists()
    for _twice in range(2):
        client.post(address("run-write", session), data | {"send": "1"})
    deliver()
    deliver()
    assert SessionMessage.objects.count() == 1
    sent = OutboxMessage.objects.filter(key__startswith="session-message")
    assert sorted(sent.values_list("to", flat=True)) == sorted(row.user.email for row in rows)


def test_nobody_sees_the_address_of_another_nor_the_trainer_s_unless_said(client, session, me):
    first, second = RegistrationFactory.create_batch(2, session=session)
    client.post(address("run-write", session), form(send="1"))
    deliver()
    sent = OutboxMessage.objects.get(to=first.user.email)
    assert second.user.email not in sent.text and me.email not in sent.text + str(sent.headers)
    client.post(address("run-write", session), form(send="1", with_address="on"))
    deliver()
    assert OutboxMessage.objects.filter(headers={"Reply-To": me.email}).count() == 2


def test_a_message_goes_to_those_chosen_of_this_session_alone(client, session):
    row, other = RegistrationFactory(session=session), RegistrationFactory()
    data = form(audience="chosen", chosen=[row.uuid, other.uuid], send="1")
    client.post(address("run-write", session), data)
    assert list(SessionMessage.objects.get().recipients.all()) == [row]


def test_messages_are_limited_within_an_hour(client, session, monkeypatch):
    RegistrationFactory(session=session)
    monkeypatch.setattr(sending, "MOST_AN_HOUR", 1)
    client.post(address("run-write", session), form(send="1"))
    assert client.post(address("run-write", session), form(send="1")).status_code == 409
    assert SessionMessage.objects.count() == 1


def test_a_subject_is_one_line_whatever_is_entered(client, session):
    RegistrationFactory(session=session)
    client.post(address("run-write", session), form(subject="Un\r\nBcc: x@example.org", send="1"))
    deliver()
    assert "\n" not in OutboxMessage.objects.get(key__startswith="session-message").subject
    assert not mail.outbox


@pytest.mark.parametrize(
    "wrong",
    [
        {"token": "zz"},
        {"audience": "zz"},
        {"chosen": ["zz"]},
        {"subject": ""},
        {"text": "x" * 5001},
    ],
)
def test_a_wrong_message_is_not_sent(client, session, wrong):
    RegistrationFactory(session=session)
    answer = client.post(address("run-write", session), form(send="1", **wrong))
    assert answer.status_code == 422 and not SessionMessage.objects.exists()
