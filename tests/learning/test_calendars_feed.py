"""The personal calendar: one's own sessions, behind an address that one can change and cut."""

import datetime as dt
import re

import pytest
import vobject
from django.urls import reverse

from accounts import personal_data
from accounts.factories import UserFactory
from learning.calendars.tokens import cut_feed, find, open_feed, renew_feed, token_of
from learning.factories import RegistrationFactory, SessionFactory
from learning.models import CalendarFeed, CalendarTold
from learning.services.registrations import register

pytestmark = pytest.mark.django_db


def url_of(feed):
    return reverse("learning:calendar-feed", args=[token_of(feed)])


def events(response):
    calendar = vobject.readOne(response.content.decode())
    calendar.validate(raiseException=True)
    return calendar.contents.get("vevent", [])


def uids(response):
    return {event.uid.value for event in events(response)}


def dates(*sessions):
    return {str(date.uuid) for session in sessions for date in session.dates.all()}


@pytest.fixture
def person():
    return UserFactory(role="trainer")


def test_it_holds_the_sessions_attended_and_those_run_and_nothing_else(client, person):
    mine = RegistrationFactory(user=person, session=SessionFactory(days=2)).session
    run = SessionFactory(trainer=person)
    RegistrationFactory(user=person, state="waiting")
    RegistrationFactory(user=person, state="cancelled")
    RegistrationFactory(user=person, session=SessionFactory(state="cancelled"))
    RegistrationFactory(session=SessionFactory())
    assert uids(client.get(url_of(open_feed(person)))) == dates(mine, run)


def test_whoever_runs_and_attends_has_each_date_once(client, person):
    session = SessionFactory(trainer=person)
    RegistrationFactory(user=person, session=session)
    assert len(events(client.get(url_of(open_feed(person))))) == 1


def test_nothing_of_others_nor_adjustments(client, person):
    session = SessionFactory(trainer=person)
    row = RegistrationFactory(session=session, accommodations="Boucle magnétique")
    RegistrationFactory(user=person, session=session, accommodations="Pause longue")
    text = client.get(url_of(open_feed(person))).content.decode()
    for told in ("Boucle", "Pause longue", row.user.email, row.user.last_name, "ATTENDEE"):
        assert told not in text


def test_it_has_the_uid_and_the_sequence_of_the_invitation(client, person):
    register(SessionFactory(), person, by=person)
    told = CalendarTold.objects.get()
    [event] = events(client.get(url_of(open_feed(person))))
    assert event.uid.value == str(told.date.uuid)
    assert int(event.sequence.value) == told.sequence


def test_a_wrong_or_cut_or_former_address_is_not_found(client, person):
    feed = open_feed(person)
    token = token_of(feed)
    other = token_of(open_feed(UserFactory()))
    for wrong in (
        "x",
        "0" * 96,
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token[:32] + other[32:],
    ):
        assert client.get(f"/calendrier/{wrong}.ics").status_code == 404
    renew_feed(person)
    assert client.get(f"/calendrier/{token}.ics").status_code == 404
    feed.refresh_from_db()
    assert client.get(url_of(feed)).status_code == 200
    cut_feed(person)
    assert client.get(url_of(feed)).status_code == 404
    reopened = open_feed(person)
    assert client.get(f"/calendrier/{token}.ics").status_code == 404
    assert client.get(url_of(reopened)).status_code == 200


def test_a_closed_account_has_no_calendar(client, person):
    feed = open_feed(person)
    person.is_active = False
    person.save()
    assert client.get(url_of(feed)).status_code == 404


def test_the_database_holds_no_address(person):
    feed = open_feed(person)
    held = " ".join(str(value) for value in CalendarFeed.objects.values().get().values())
    assert token_of(feed)[32:] not in held


def test_a_former_key_of_the_site_still_opens(person, settings):
    token = token_of(open_feed(person))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert find(token).user == person


def test_it_is_private_and_says_how_often_to_come_back(client, person):
    response = client.get(url_of(open_feed(person)))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in response["Cache-Control"] and "public" not in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in response.content.decode()
    assert not response.cookies


def test_what_did_not_change_is_not_sent_again(client, person, clock):
    RegistrationFactory(user=person)
    url = url_of(open_feed(person))
    first = client.get(url)
    clock.shift(3600)
    again = client.get(url, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and "private" in again["Cache-Control"]
    RegistrationFactory(user=person)
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_too_many_questions_are_refused(client, person, monkeypatch):
    from learning.calendars import views

    monkeypatch.setattr(views, "A_MINUTE", 2)
    url = url_of(open_feed(person))
    answers = [client.get(url).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize("number", [1, 12])
def test_it_asks_the_database_as_much_for_many_as_for_few(
    client, person, number, django_assert_max_num_queries
):
    for _ in range(number):
        RegistrationFactory(user=person, session=SessionFactory(days=2))
        SessionFactory(trainer=person)
    url = url_of(open_feed(person))
    # One of them for webinars.
    with django_assert_max_num_queries(9):
        client.get(url)


def test_what_is_long_past_has_left_it(client, person):
    old = SessionFactory(starts_in=-dt.timedelta(days=200))
    RegistrationFactory(user=person, session=old)
    assert events(client.get(url_of(open_feed(person)))) == []


def test_the_address_is_shown_again_and_changed_on_the_page(client, person):
    client.force_login(person)
    page = reverse("learning:my-calendar")
    assert "webcal://" not in client.get(page).content.decode()
    client.post(reverse("learning:change-calendar", args=["creer"]))
    shown = [re.search(r"webcal://[^\"]+", client.get(page).content.decode())[0] for _ in range(2)]
    assert shown[0] == shown[1]
    client.post(reverse("learning:change-calendar", args=["renouveler"]))
    assert shown[0] not in client.get(page).content.decode()
    client.post(reverse("learning:change-calendar", args=["couper"]))
    assert "webcal://" not in client.get(page).content.decode()
    assert client.post(reverse("learning:change-calendar", args=["autre"])).status_code == 404


def test_it_leaves_with_the_account_and_is_in_the_export(person):
    register(SessionFactory(), person, by=person)
    token = token_of(open_feed(person))
    told = str(personal_data.export(person))
    assert "address_made_on" in told and "'REQUEST'" in told and token not in told
    personal_data.erase(person)
    assert not CalendarFeed.objects.exists() and find(token) is None


# -- Files ----------------------------------------------------------------------------------------


def test_anybody_adds_a_session_without_its_remote_room(client):
    session = SessionFactory(mode="hybrid", meeting_url="https://visio.example.org/x", days=2)
    response = client.get(reverse("learning:session-calendar", args=[session.uuid]))
    assert uids(response) == dates(session)
    assert "visio" not in response.content.decode()


def test_a_cancelled_session_says_so_in_its_file(client):
    session = SessionFactory(state="cancelled")
    [event] = events(client.get(reverse("learning:session-calendar", args=[session.uuid])))
    assert event.status.value == "CANCELLED"


def test_the_file_of_a_registration_is_for_whoever_is_registered(client):
    session = SessionFactory(mode="remote", meeting_url="https://visio.example.org/x", commune=None)
    row = RegistrationFactory(session=session, remote=True)
    url = reverse("learning:registration-calendar", args=[row.uuid])
    client.force_login(row.user)
    [event] = events(client.get(url))
    assert event.location.value == "https://visio.example.org/x"
    client.force_login(UserFactory(role="national-team"))
    assert client.get(url).status_code == 404


def test_whoever_waits_has_no_file(client):
    row = RegistrationFactory(state="waiting")
    client.force_login(row.user)
    url = reverse("learning:registration-calendar", args=[row.uuid])
    assert client.get(url).status_code == 404
