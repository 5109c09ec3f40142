"""The trainer's sheet: taps without JavaScript, batches from a screen without network, corrections."""

import datetime as dt
import json
import uuid

import pytest
from django.test import Client

from accounts.factories import UserFactory
from learning.attendance.queries import half_days_of
from learning.attendance.services import countersign, record
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import AttendanceWay as Way
from learning.kinds import RegistrationState, SessionState
from learning.models import Attendance, AttendanceEvent, Session

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
AT = 1_800_000_000_000  # some moment of a device, in milliseconds


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainer=trainer)


@pytest.fixture
def morning(session, clock):
    half_day = half_days_of(session)[0]
    clock.move_to(half_day.starts_at + 10 * MINUTE, tick=False)
    return half_day


@pytest.fixture
def row(session):
    return RegistrationFactory(session=session)


@pytest.fixture
def screen(client, trainer, session, morning):
    """The client of the trainer; `screen(part)` is an address of the sheet."""
    client.force_login(trainer)
    return lambda part="": f"/espace-pro/seances/{session.uuid}/emargement/{part}"


def entry(of, row, present=True, ago=0, **changes):
    return {
        "id": str(uuid.uuid4()),
        "half_day": str(of.uuid),
        "registration": str(row.uuid),
        "present": present,
        "at": AT - ago * 60_000,
    } | changes


def send(client, address, user, *entries, **changes):
    body = {"user": str(user.uuid), "now": AT, "entries": list(entries)} | changes
    return client.post(address, json.dumps(body), content_type="application/json")


def states(row):
    return list(Attendance.objects.filter(registration=row).values_list("present", flat=True))


# -- Taps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "held"), [("present", [True]), ("absent", [False]), ("unknown", [])]
)
def test_one_tap_each_without_javascript(client, screen, row, morning, state, held):
    response = client.post(
        screen("saisie/"), {"half_day": morning.uuid, "entry": f"{row.uuid}:{state}"}
    )
    assert response.status_code == 302 and str(morning.uuid) in response.url
    assert states(row) == held


def test_the_others_are_absent_in_one_tap(client, screen, row, session, morning, trainer):
    record(morning, row, present=True, way=Way.TRAINER, by=trainer)
    other = RegistrationFactory(session=session)
    client.post(screen("saisie/"), {"half_day": morning.uuid, "rest": "1"})
    assert states(row) == [True] and states(other) == [False]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"half_day": "x", "entry": "x"},
        {"half_day": str(uuid.uuid4()), "entry": "'; DROP TABLE"},
        {"half_day": "{half_day}", "entry": f"{'-' * 36}:present"},
        {"half_day": "{half_day}", "entry": ""},
    ],
)
def test_a_hostile_form_records_nothing(client, screen, row, morning, data):
    data = {name: value.replace("{half_day}", str(morning.uuid)) for name, value in data.items()}
    assert client.post(screen("saisie/"), data).status_code in (302, 404)
    assert not AttendanceEvent.objects.exists()


def test_somebody_of_another_session_cannot_be_entered(client, screen, morning):
    stranger = RegistrationFactory()
    for row_uuid in (stranger.uuid, uuid.uuid4()):
        answer = client.post(
            screen("saisie/"), {"half_day": morning.uuid, "entry": f"{row_uuid}:present"}
        )
        assert answer.status_code == 404
    result = send(client, screen("lot/"), screen_user(client), entry(morning, stranger))
    assert not result.json()["results"][0]["ok"]
    assert not AttendanceEvent.objects.exists()


def screen_user(client):
    from accounts.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_sheet_takes_as_many_queries_for_one_as_for_many(
    client, screen, session, row, morning, django_assert_max_num_queries
):
    client.get(screen())
    for count in (1, 60):
        RegistrationFactory.create_batch(count, session=session)
        with django_assert_max_num_queries(20, info=str(count)):
            page = client.get(screen()).content.decode()
        with django_assert_max_num_queries(15, info=str(count)):
            client.get(screen("etat/"))
    assert page.count("tap__name") == 62  # the afternoon is not open yet


# -- Batches --------------------------------------------------------------------------------------


def test_a_batch_is_recorded_once_however_often_it_is_sent(client, screen, row, morning, trainer):
    sent = entry(morning, row)
    for _attempt in range(3):
        answer = send(client, screen("lot/"), trainer, sent).json()
        assert answer["results"] == [{"id": sent["id"], "ok": True, "error": ""}]
    assert AttendanceEvent.objects.count() == 1
    people = answer["half_days"][str(morning.uuid)]["people"]
    assert people[str(row.uuid)]["state"] == "present"


def test_when_it_was_entered_does_not_depend_on_the_clock_of_the_device(
    client, screen, row, morning, trainer
):
    send(client, screen("lot/"), trainer, entry(morning, row, ago=7))
    event = AttendanceEvent.objects.get()
    assert event.at == morning.starts_at + 3 * MINUTE
    assert event.received_at == morning.starts_at + 10 * MINUTE and event.came_late


def test_two_devices_disagree_the_later_entry_holds(client, screen, row, morning, trainer):
    send(client, screen("lot/"), trainer, entry(morning, row, present=True, ago=1))
    send(client, screen("lot/"), trainer, entry(morning, row, present=False, ago=5))
    assert states(row) == [True]
    trace = client.get(screen(f"{morning.uuid}/{row.uuid}/")).content.decode()
    assert AttendanceEvent.objects.count() == 2 and trace.count("<tr>") == 3


def test_each_entry_has_its_own_answer(client, screen, row, session, morning, trainer):
    waiting = RegistrationFactory(session=session, state=RegistrationState.WAITING)
    answer = send(
        client,
        screen("lot/"),
        trainer,
        entry(morning, waiting),
        entry(morning, row),
        entry(morning, row, half_day=str(uuid.uuid4())),
    ).json()
    assert [one["ok"] for one in answer["results"]] == [False, True, False]
    assert states(row) == [True]


def test_after_closing_a_late_entry_is_refused_with_its_reason(
    client, screen, row, morning, trainer
):
    Session.objects.update(state=SessionState.CLOSED)
    [result] = send(client, screen("lot/"), trainer, entry(morning, row)).json()["results"]
    assert not result["ok"] and result["error"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"entries": []}',
        b'{"user": 1, "now": 1, "entries": []}',
        b'{"user": "u", "now": "1", "entries": []}',
        b'{"user": "u", "now": NaN, "entries": [{}]}',
        b'{"user": "u", "now": 1, "entries": [1]}',
        b'{"user": "u", "now": 1, "entries": {"a": 1}}',
        b'{"user": "u", "now": 1e308, "entries": [{"present": true, "at": -1e308}]}',
        b"[" * 60_000,
        b'{"x": "' + b"a" * 70_000 + b'"}',
    ],
)
def test_a_hostile_batch_is_refused_with_a_message(client, screen, body):
    response = client.post(screen("lot/"), body, content_type="application/json")
    assert response.status_code == 400 and response.json()["error"]


@pytest.mark.parametrize(
    "changes",
    [
        {"present": "yes"},
        {"present": 1},
        {"id": "x"},
        {"id": 5},
        {"half_day": None},
        {"registration": ["a"]},
        {"at": "soon"},
        {"at": float("inf")},
        {"at": True},
    ],
)
def test_a_hostile_entry_is_refused_with_a_message(client, screen, row, morning, trainer, changes):
    response = send(client, screen("lot/"), trainer, entry(morning, row, **changes))
    assert response.status_code == 400 and not AttendanceEvent.objects.exists()


@pytest.mark.parametrize("at", [0, -(10**15), 10**18, 1e300])
def test_an_absurd_time_is_brought_within_the_half_day(client, screen, row, morning, trainer, at):
    assert send(client, screen("lot/"), trainer, entry(morning, row, at=at)).status_code in (
        200,
        400,
    )
    for event in AttendanceEvent.objects.all():
        assert morning.starts_at - 45 * MINUTE <= event.at <= morning.starts_at + 10 * MINUTE


def test_a_batch_has_a_largest_size(client, screen, row, morning, trainer):
    many = [entry(morning, row) for _ in range(101)]
    assert send(client, screen("lot/"), trainer, *many).status_code == 400


def test_what_somebody_else_entered_is_not_taken_for_mine(client, screen, row, morning):
    assert send(client, screen("lot/"), UserFactory(), entry(morning, row)).status_code == 409
    assert not AttendanceEvent.objects.exists()


def test_a_batch_is_protected_against_forgery(trainer, session, row, morning):
    client = Client(enforce_csrf_checks=True)
    client.force_login(trainer)
    address = f"/espace-pro/seances/{session.uuid}/emargement/"
    assert send(client, f"{address}lot/", trainer, entry(morning, row)).status_code == 403
    token = client.get(f"{address}etat/").json()["csrf"]
    body = json.dumps({"user": str(trainer.uuid), "now": AT, "entries": [entry(morning, row)]})
    sent = client.post(
        f"{address}lot/", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert sent.status_code == 200 and states(row) == [True]


def test_without_sign_in_the_screen_is_told_so(client, session, row, morning, trainer):
    address = f"/espace-pro/seances/{session.uuid}/emargement/"
    assert send(client, f"{address}lot/", trainer, entry(morning, row)).status_code == 401
    assert client.get(f"{address}etat/").status_code == 401


def test_a_trainer_who_is_not_named_and_an_agent_see_nothing(client, session, row, morning):
    for user in (UserFactory(role="trainer"), row.user):
        client.force_login(user)
        address = f"/espace-pro/seances/{session.uuid}/emargement/"
        parts = ("", "etat/", "porte/", "porte/code/", "feuille.pdf", "feuille-vierge.pdf")
        for part in (*parts, f"{morning.uuid}/{row.uuid}/"):
            assert client.get(address + part).status_code == 404, part
        assert send(client, f"{address}lot/", user, entry(morning, row)).status_code == 404
        for part in ("saisie/", f"{morning.uuid}/contresigner/", f"{morning.uuid}/{row.uuid}/"):
            assert client.post(address + part, {"rest": "1"}).status_code == 404
    assert not AttendanceEvent.objects.exists()


def test_the_state_of_a_session_holds_no_name(client, screen, row, morning):
    assert row.user.last_name not in client.get(screen("etat/")).content.decode()


# -- Countersigning and correcting ----------------------------------------------------------------


def test_countersigning_lists_who_is_missing_then_signs(client, screen, row, morning, trainer):
    sign = screen(f"{morning.uuid}/contresigner/")
    page = client.post(sign, follow=True).content.decode()
    assert str(row.user) in page and not morning.countersignatures.exists()
    record(morning, row, present=True, way=Way.TRAINER, by=trainer)
    client.post(sign)
    assert morning.countersignatures.standing().get().by == trainer
    page = client.get(screen()).content.decode()
    assert f"{row.uuid}:absent" not in page.partition("</details>")[0], "taps are over"


def test_a_correction_owes_its_reason_and_shows_in_the_trace(client, screen, row, morning, trainer):
    record(morning, row, present=True, way=Way.TRAINER, by=trainer)
    countersign(morning, trainer)
    address = screen(f"{morning.uuid}/{row.uuid}/")
    assert client.post(address, {"present": "0", "reason": " "}).status_code == 200
    assert states(row) == [True]
    page = client.post(address, {"present": "0", "reason": "Erreur de ligne"}, follow=True)
    assert states(row) == [False]
    text = page.content.decode()
    assert "Erreur de ligne" in text and str(trainer) in text
    assert not morning.countersignatures.standing().exists()


# -- One's own page -------------------------------------------------------------------------------


def test_only_the_person_sees_their_links(client, session, morning):
    row = RegistrationFactory(session=session, remote=True)
    client.force_login(row.user)
    assert "/emargement/lien/" in client.get(row.get_absolute_url()).content.decode()
    client.force_login(UserFactory(role="national-team"))
    assert "/emargement/lien/" not in client.get(row.get_absolute_url()).content.decode()


def test_my_training_says_that_there_is_something_to_sign(client, row, morning, session):
    client.force_login(row.user)
    page = client.get("/espace-pro/formations/").content.decode()
    assert 'href="/emargement/"' in page
    record(morning, row, present=True, way=Way.DOOR, by=row.user)
    assert 'href="/emargement/"' not in client.get("/espace-pro/formations/").content.decode()
