"""Signing at the door and by a personal link: codes that age, claims that survive, presence by POST."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.factories import PASSWORD, UserFactory
from learning.attendance import codes, links
from learning.attendance.queries import half_days_of
from learning.attendance.services import countersign, record
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import AttendanceWay as Way
from learning.kinds import RegistrationState, SessionState
from learning.models import Attendance, AttendanceEvent, Session
from tests.accounts.conftest import give_totp, totp_code

pytestmark = pytest.mark.django_db
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
ENTER, PRESENCE = "/emargement/", "/emargement/presence/"


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def morning(session, clock):
    """Its first half-day, ten minutes after it started."""
    half_day = half_days_of(session)[0]
    clock.move_to(half_day.starts_at + 10 * MINUTE, tick=False)
    return half_day


@pytest.fixture
def row(session):
    return RegistrationFactory(session=session)


def now_of(half_day, minutes=10):
    return half_day.starts_at + minutes * MINUTE


def scan(client, half_day, now=None):
    token = codes.token(half_day, now or now_of(half_day))
    return client.get(reverse("learning:attendance-scan", args=[token]))


def signed(row):
    return list(
        Attendance.objects.filter(registration=row, present=True).values_list("way", flat=True)
    )


# -- The code -------------------------------------------------------------------------------------


def test_scanning_opens_a_claim_and_presence_is_a_post(client, row, morning):
    client.force_login(row.user)
    response = scan(client, morning)
    assert response.status_code == 302 and response.url == PRESENCE
    page = client.get(PRESENCE)
    text = page.content.decode()
    assert row.session.module.title in text and str(row.user) in text
    assert AttendanceEvent.objects.count() == 0, "a GET never writes"
    client.post(PRESENCE)
    assert signed(row) == [Way.DOOR]
    assert "circle-check" in client.get(PRESENCE).content.decode()


def test_a_link_preview_signs_nothing(client, row, morning):
    for _times in range(3):
        scan(client, morning)
        client.get(PRESENCE)
    assert AttendanceEvent.objects.count() == 0


@pytest.mark.parametrize(("age", "valid"), [(0, True), (20, True), (40, False), (3600, False)])
def test_a_code_lives_for_its_step_and_the_next(client, row, morning, clock, age, valid):
    step = dt.datetime.fromtimestamp(codes.step_of(now_of(morning)) * codes.STEP, dt.UTC)
    token = codes.token(morning, step)
    clock.move_to(step + age * SECOND, tick=False)
    response = client.get(reverse("learning:attendance-scan", args=[token]))
    assert response.status_code == (302 if valid else 410)
    assert ("claim" in response.cookies) == valid


def test_a_code_of_the_future_is_not_valid(client, morning):
    later = codes.token(morning, now_of(morning) + codes.STEP * 3 * SECOND)
    assert client.get(reverse("learning:attendance-scan", args=[later])).status_code == 410


def test_codes_differ_by_half_day_and_step(session, morning):
    other = half_days_of(session)[1]
    now = now_of(morning)
    shown = {codes.short_code(morning, now), codes.short_code(other, now)}
    shown.add(codes.short_code(morning, now + codes.STEP * SECOND))
    assert len(shown) == 3 and all(len(code) == codes.SHORT for code in shown)


def test_the_code_of_a_half_day_opens_no_other(client, row, session, morning, clock):
    afternoon = half_days_of(session)[1]
    clock.move_to(afternoon.starts_at - 10 * MINUTE, tick=False)  # both are open
    client.force_login(row.user)
    scan(client, afternoon, afternoon.starts_at - 10 * MINUTE)
    client.post(PRESENCE)
    assert [a.half_day for a in Attendance.objects.all()] == [afternoon]


def test_no_code_is_valid_outside_of_the_hours(client, session, clock):
    half_day = half_days_of(session)[0]
    for moment in (half_day.starts_at - 46 * MINUTE, half_day.ends_at + 31 * MINUTE):
        clock.move_to(moment, tick=False)
        assert scan(client, half_day, moment).status_code == 410


def test_a_closed_session_has_no_code(client, session, morning):
    Session.objects.update(state=SessionState.CLOSED)
    assert scan(client, morning).status_code == 410


def test_the_short_code_is_typed_as_people_do(client, row, morning):
    client.force_login(row.user)
    code = codes.short_code(morning, now_of(morning))
    response = client.post(ENTER, {"code": f" {code[:3].lower()}-{code[3:].lower()} "})
    assert response.url == PRESENCE
    client.post(PRESENCE)
    assert signed(row) == [Way.DOOR]


def test_a_wrong_code_says_what_to_do(client, row, morning):
    client.force_login(row.user)
    for wrong in ("ABC", "AAAAAA", "é" * 6, ""):
        assert client.post(ENTER, {"code": wrong}).status_code == 200
    assert "claim" not in client.cookies


def test_guessing_is_limited_for_each_person(client, row, morning):
    client.force_login(row.user)
    answers = [
        client.post(ENTER, {"code": "AAAAAA"}).status_code for _ in range(codes.A_MINUTE + 1)
    ]
    assert answers == [200] * codes.A_MINUTE + [429]
    right = codes.short_code(morning, now_of(morning))
    assert client.post(ENTER, {"code": right}).status_code == 429


def test_guessing_is_limited_for_each_address(client, morning, monkeypatch):
    monkeypatch.setattr(codes, "A_MINUTE_AT_AN_ADDRESS", 2)
    for expected in (200, 200, 429):
        client.force_login(UserFactory())
        assert client.post(ENTER, {"code": "AAAAAA"}).status_code == expected


# -- The claim ------------------------------------------------------------------------------------


def test_a_claim_survives_signing_in(client, row, morning):
    scan(client, morning)
    sign_in = client.get(PRESENCE)
    assert "connexion" in sign_in.url
    response = client.post(sign_in.url, {"login": row.user.email, "password": PASSWORD})
    assert response.url == PRESENCE
    client.post(PRESENCE)
    assert signed(row) == [Way.DOOR]


def test_a_claim_survives_the_second_factor_and_the_new_session_key(client, row, morning):
    give_totp(row.user)
    scan(client, morning)
    before = client.session.session_key
    step = client.post(client.get(PRESENCE).url, {"login": row.user.email, "password": PASSWORD})
    assert urlsplit(step.url).path != PRESENCE
    response = client.post(step.url, {"code": totp_code()}, follow=True)
    assert response.request["PATH_INFO"] == PRESENCE, response.redirect_chain
    assert client.session.session_key != before
    client.post(PRESENCE)
    assert signed(row) == [Way.DOOR]


def test_a_claim_lasts_ten_minutes(client, row, morning, clock):
    client.force_login(row.user)
    scan(client, morning)
    clock.shift(10 * MINUTE + SECOND)
    assert client.post(PRESENCE).status_code == 410
    assert signed(row) == []


def test_a_code_scanned_at_the_last_minute_may_be_confirmed_after(client, row, morning, clock):
    last = morning.ends_at + 30 * MINUTE
    clock.move_to(last, tick=False)
    client.force_login(row.user)
    scan(client, morning, last)
    clock.shift(9 * MINUTE)
    client.post(PRESENCE)
    assert signed(row) == [Way.DOOR]


def test_a_claim_serves_one_person_alone(client, row, session, morning):
    other = RegistrationFactory(session=session)
    scan(client, morning)
    kept = client.cookies["claim"].value
    client.force_login(row.user)
    client.post(PRESENCE)
    client.force_login(other.user)
    client.cookies["claim"] = kept  # as it was before anybody was known
    assert client.post(PRESENCE).status_code == 409
    assert signed(row) == [Way.DOOR] and signed(other) == []


def test_a_claim_opened_while_signed_in_is_of_that_person(client, row, session, morning):
    other = RegistrationFactory(session=session)
    client.force_login(row.user)
    scan(client, morning)
    kept = client.cookies["claim"].value
    client.force_login(other.user)
    client.cookies["claim"] = kept
    assert client.post(PRESENCE).status_code == 403
    assert signed(other) == []


def test_a_claim_belongs_to_whoever_sees_it_first(client, row, session, morning):
    other = RegistrationFactory(session=session)
    scan(client, morning)
    client.force_login(row.user)
    client.get(PRESENCE)
    kept = client.cookies["claim"].value
    client.force_login(other.user)
    client.cookies["claim"] = kept
    assert client.post(PRESENCE).status_code == 403


def test_a_claim_made_up_opens_nothing(client, row, morning):
    client.force_login(row.user)
    for value in ("", "x", "a:b:c", "é"):
        client.cookies["claim"] = value
        assert client.post(PRESENCE).status_code == 410


def test_confirming_twice_is_one_signature(client, row, morning):
    client.force_login(row.user)
    scan(client, morning)
    client.post(PRESENCE)
    client.post(PRESENCE)
    scan(client, morning)
    client.post(PRESENCE)
    assert AttendanceEvent.objects.count() == 1


@pytest.mark.parametrize("state", [None, RegistrationState.WAITING, RegistrationState.CANCELLED])
def test_somebody_who_is_not_registered_is_told(client, session, morning, state):
    person = UserFactory()
    if state:
        RegistrationFactory(session=session, user=person, state=state)
    client.force_login(person)
    scan(client, morning)
    response = client.get(PRESENCE)
    assert response.status_code == 403 and str(person) in response.content.decode()
    assert client.post(PRESENCE).status_code == 403
    assert AttendanceEvent.objects.count() == 0


def test_after_the_countersignature_one_is_told_to_ask(client, row, morning):
    trainer = UserFactory(role="trainer")
    record(morning, row, present=False, way=Way.TRAINER, by=trainer)
    countersign(morning, trainer)
    client.force_login(row.user)
    scan(client, morning)
    assert client.post(PRESENCE).status_code == 409
    assert signed(row) == []


# -- The personal link ----------------------------------------------------------------------------


def test_a_remote_attendee_signs_by_their_link(client, session, morning):
    row = RegistrationFactory(session=session, remote=True)
    client.force_login(row.user)
    path = links.personal_path(row, morning)
    assert client.get(path).status_code == 200
    assert AttendanceEvent.objects.count() == 0, "a GET never writes"
    client.post(path)
    assert signed(row) == [Way.LINK]


def test_a_link_survives_signing_in(client, session, morning):
    row = RegistrationFactory(session=session, remote=True)
    path = links.personal_path(row, morning)
    response = client.post(client.get(path).url, {"login": row.user.email, "password": PASSWORD})
    assert response.url == path


def test_a_link_counts_for_its_person_its_half_day_and_remote_attendees(client, session, morning):
    remote = RegistrationFactory(session=session, remote=True)
    sitting = RegistrationFactory(session=session)
    afternoon = half_days_of(session)[1]
    client.force_login(sitting.user)
    assert client.post(links.personal_path(remote, morning)).status_code == 403
    assert client.post(links.personal_path(sitting, morning)).status_code == 403
    client.force_login(remote.user)
    assert client.post(links.personal_path(remote, afternoon)).status_code == 409
    assert AttendanceEvent.objects.count() == 0


def test_a_link_cannot_be_made_up(client, session, morning):
    row = RegistrationFactory(session=session, remote=True)
    other = RegistrationFactory(session=session, remote=True)
    client.force_login(row.user)
    token, stranger = links.token_of(row, morning), links.token_of(other, morning)
    mixed = token.split(".")[0] + "." + stranger.split(".")[1]
    for wrong in ("x", token[:-1], "é", mixed, f"{token}.{token}"):
        assert client.post(f"/emargement/lien/{wrong}/").status_code == 404


def test_links_are_for_those_who_take_part_remotely(session, row):
    remote = RegistrationFactory(session=session, remote=True)
    assert links.personal_links(row) == []
    found = links.personal_links(remote)
    assert [half_day for half_day, _link in found] == half_days_of(session)
    assert all(link.startswith("http") for _half_day, link in found)


# -- The screen at the door -----------------------------------------------------------------------


def test_the_door_shows_a_code_and_counts_but_no_name(client, session, row, morning):
    trainer = UserFactory(role="trainer")
    session.trainers.add(trainer)
    client.force_login(trainer)
    record(morning, row, present=True, way=Way.TRAINER, by=trainer)
    for part in ("porte/", "porte/code/"):
        page = client.get(f"/espace-pro/seances/{session.uuid}/emargement/{part}").content.decode()
        code = codes.short_code(morning, now_of(morning))
        assert code[:3] in page and code[3:] in page
        assert row.user.last_name not in page
    assert (
        '<meta http-equiv="refresh" content="'
        in client.get(f"/espace-pro/seances/{session.uuid}/emargement/porte/").content.decode()
    )


def test_the_door_shows_no_code_outside_of_the_hours(client, session, clock):
    trainer = UserFactory(role="trainer")
    session.trainers.add(trainer)
    half_day = half_days_of(session)[0]
    clock.move_to(half_day.starts_at - 60 * MINUTE, tick=False)
    client.force_login(trainer)
    page = client.get(f"/espace-pro/seances/{session.uuid}/emargement/porte/")
    assert "door__picture" not in page.content.decode()
