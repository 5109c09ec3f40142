"""Making and changing a session: hours of the place, nothing lost, everybody told once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from cms import bin as trash
from cms.models import BinEntry
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import RegistrationState, SessionState
from learning.models import (
    Attendance,
    Countersignature,
    Registration,
    Session,
    TrainingModulePage,
)
from learning.running.clock import on_the_clock
from maisons.factories import CommuneFactory, DepartmentFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def me():
    return UserFactory(role="trainer")


@pytest.fixture
def client(me):
    client = Client()
    client.force_login(me)
    return client


def address(name, session):
    return reverse(f"learning:{name}", args=[session.uuid])


def ahead(days=40):
    return timezone.localdate() + dt.timedelta(days=days)


def entered(session, **changed):
    """What the form of this session sends, with some values changed."""
    data = {
        "version": session.version,
        "module": session.module.slug,
        "kind": session.kind,
        "mode": session.mode,
        "capacity": session.capacity,
        "minimum": session.minimum,
        "free_cancellation_days": session.free_cancellation_days,
        "venue": session.venue,
        "commune_name": session.city,
        "commune_code": session.commune.code if session.commune else "",
        "trainers": [str(trainer.uuid) for trainer in session.trainers.all()],
        "dates": len(session.current_dates),
    }
    for number, date in enumerate(session.current_dates):
        data[f"date-{number}-day"] = date.local_start.date().isoformat()
        data[f"date-{number}-starts"] = f"{date.local_start:%H:%M}"
        data[f"date-{number}-ends"] = f"{date.local_end:%H:%M}"
    return data | changed


def new(me, **changed):
    if not TrainingModulePage.objects.filter(slug="accueil").exists():
        ModuleFactory(slug="accueil")
    day = ahead().isoformat()
    data = {
        "module": "accueil",
        "kind": "regular",
        "mode": "in-person",
        "capacity": 12,
        "minimum": 6,
        "free_cancellation_days": 7,
        "venue": "Salle des fêtes",
        "commune_name": "Ayen",
        "trainers": [str(me.uuid)],
        "dates": 1,
        "date-0-day": day,
        "date-0-starts": "09:30",
        "date-0-ends": "16:30",
    }
    return data | changed


def create(client, data):
    return client.post(reverse("learning:create-session"), data)


def test_a_session_is_made_on_the_clock_of_its_place(client, me):
    reunion = DepartmentFactory(code="974", name="La Réunion", time_zone="Indian/Reunion")
    CommuneFactory(code="97411", name="Saint-Denis", department=reunion)
    answer = create(client, new(me, commune_name="Saint-Denis"))
    session = Session.objects.get()
    assert answer.url == address("prepare", session)
    assert session.state == SessionState.DRAFT
    assert f"{session.current_dates[0].starts_at.astimezone(dt.UTC):%H:%M}" == "05:30"


def test_several_communes_of_one_name_are_told_apart(client, me):
    for code, name in (("19015", "Corrèze"), ("24999", "Dordogne")):
        CommuneFactory(
            code=code, name="Ayen", department=DepartmentFactory(code=code[:2], name=name)
        )
    answer = create(client, new(me))
    assert answer.status_code == 422 and "Dordogne" in answer.content.decode()
    create(client, new(me, commune_code="24999"))
    assert Session.objects.get().commune_id == "24999"


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        (dt.date(2027, 3, 28), dt.time(2, 30), "02:30"),
        (dt.date(2026, 10, 25), dt.time(2, 30), "02:30"),
    ],
)
def test_hours_that_the_clock_skips_or_repeats_are_refused(day, hour, said):
    with pytest.raises(ValidationError, match=said):
        on_the_clock(day, hour, PARIS)
    assert on_the_clock(day, dt.time(9, 0), PARIS).hour == 9
    assert on_the_clock(day, hour, ZoneInfo("Indian/Reunion")).hour == 2


def test_dates_are_added_and_taken_off_without_losing_what_was_entered(client, me):
    CommuneFactory(name="Ayen")
    answer = create(client, new(me, add="1", note="Apporter son badge"))
    assert answer.status_code == 200 and not Session.objects.exists()
    rows = answer.context["rows"]
    assert rows.count == 2 and "Apporter son badge" in answer.content.decode()
    answer = create(client, new(me, remove="0"))
    assert answer.context["rows"].count == 1 and not answer.context["form"].errors


@pytest.mark.parametrize(
    "wrong",
    [
        {"date-0-day": "2027-02-31"},
        {"date-0-day": "9999-12-31"},
        {"date-0-ends": "08:00"},
        {"date-0-day": "2020-01-01"},
        {"dates": "999999999", "date-0-day": "x"},
        {"capacity": "999999999"},
        {"capacity": "3", "minimum": "4"},
        {"module": "zz"},
        {"trainers": ["zz"]},
        {"commune_name": "Nullepart"},
        {"commune_code": "zz"},
        {"until": "0001-01-01"},
        {"meeting_url": "ftp://example.org/"},
        {"free_cancellation_days": "32000"},
    ],
)
def test_a_wrong_value_is_said_and_nothing_is_made(client, me, wrong):
    CommuneFactory(name="Ayen")
    assert create(client, new(me, **wrong)).status_code == 422
    assert not Session.objects.exists()


def test_a_trainer_cannot_leave_a_session_that_would_be_out_of_their_reach(client, me):
    CommuneFactory(name="Ayen")
    assert create(client, new(me, trainers=[])).status_code == 422


def test_only_trainers_can_be_named(client, me):
    CommuneFactory(name="Ayen")
    stranger = UserFactory()
    answer = create(client, new(me, trainers=[str(me.uuid), str(stranger.uuid)]))
    assert answer.status_code == 422


def test_a_change_of_an_announced_session_is_confirmed_then_told_once(client, me):
    session = SessionFactory(trainer=me)
    people = [row.user for row in RegistrationFactory.create_batch(2, session=session)]
    first = session.current_dates[0]
    data = entered(session, **{"date-0-starts": "10:00"})
    asked = client.post(address("edit-session", session), data)
    assert asked.status_code == 200 and asked.context["people"] == 2
    assert not Notification.objects.filter(kind="learning.changed").exists()
    for _twice in range(2):
        client.post(address("edit-session", session), data | {"confirmed": "2"})
    first.refresh_from_db()
    assert first.local_start.hour == 10 and first.sequence == 1
    told = Notification.objects.filter(kind="learning.changed")
    assert sorted(told.values_list("user", flat=True)) == sorted(p.pk for p in people)
    assert "10:00" in told.first().text


def test_what_those_who_come_need_not_know_is_saved_without_telling(client, me):
    session = SessionFactory(trainer=me)
    RegistrationFactory(session=session)
    client.post(address("edit-session", session), entered(session, capacity=20))
    session.refresh_from_db()
    assert session.capacity == 20
    assert not Notification.objects.filter(kind="learning.changed").exists()


def test_more_places_go_to_those_who_wait(client, me):
    session = SessionFactory(trainer=me, capacity=1)
    RegistrationFactory(session=session)
    waiting = RegistrationFactory(session=session, state=RegistrationState.WAITING)
    client.post(address("edit-session", session), entered(session, capacity=2))
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.OFFERED


def test_places_are_not_taken_from_those_who_hold_them(client, me):
    session = SessionFactory(trainer=me)
    RegistrationFactory.create_batch(3, session=session)
    answer = client.post(address("edit-session", session), entered(session, capacity=2))
    session.refresh_from_db()
    assert answer.status_code == 409 and session.capacity == 12
    assert "3" in answer.context["form"].errors["capacity"][0]


def test_somebody_saved_since_both_values_are_shown_and_nothing_is_lost(client, me):
    session = SessionFactory(trainer=me, state=SessionState.DRAFT)
    mine = entered(session, venue="Salle bleue")
    client.post(address("edit-session", session), entered(session, venue="Salle rouge"))
    answer = client.post(address("edit-session", session), mine)
    assert answer.status_code == 409
    [difference] = answer.context["differences"]
    assert (difference.theirs, difference.yours) == ("Salle rouge", "Salle bleue")
    session.refresh_from_db()
    assert session.venue == "Salle rouge"
    assert answer.context["form"]["venue"].value() == "Salle bleue"
    version = answer.context["form"]["version"].value()
    client.post(address("edit-session", session), mine | {"version": version})
    session.refresh_from_db()
    assert session.venue == "Salle bleue"


def test_the_module_of_an_announced_session_stays(client, me):
    session = SessionFactory(trainer=me)
    other = ModuleFactory()
    client.post(address("edit-session", session), entered(session, module=other.slug))
    session.refresh_from_db()
    assert session.module_id != other.pk


def test_a_draft_says_what_it_lacks_then_is_announced(client, me):
    session = SessionFactory(trainer=me, state=SessionState.DRAFT, venue="")
    client.post(address("announce-session", session))
    session.refresh_from_db()
    assert session.state == SessionState.DRAFT
    assert client.get(address("prepare", session)).context["lacks"]
    Session.objects.filter(pk=session.pk).update(venue="Salle")
    client.post(address("announce-session", session))
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


def test_a_session_is_duplicated_with_its_people_and_hours_on_another_day(client, me):
    session = SessionFactory(trainer=me, days=2)
    client.post(address("duplicate-session", session), {"first_day": ahead(60).isoformat()})
    copy = Session.objects.exclude(pk=session.pk).get()
    assert copy.state == SessionState.DRAFT and list(copy.trainers.all()) == [me]
    assert [date.local_start.date() for date in copy.current_dates] == [ahead(60), ahead(61)]
    assert [date.local_start.hour for date in copy.current_dates] == [9, 9]


def test_a_session_is_cancelled_with_a_reason_and_everybody_told(client, me):
    session = SessionFactory(trainer=me)
    row = RegistrationFactory(session=session)
    page = client.get(address("cancel-session", session))
    assert page.context["people"] == 1
    assert client.post(address("cancel-session", session), {"reason": ""}).status_code == 422
    client.post(address("cancel-session", session), {"reason": "Salle inondée"})
    row.refresh_from_db()
    assert row.state == RegistrationState.CANCELLED
    [told] = Notification.objects.filter(user=row.user)
    assert "Salle inondée" in told.text


def test_a_draft_goes_to_the_bin_and_comes_back_whole(client, me):
    session = SessionFactory(trainer=me, state=SessionState.DRAFT, days=2)
    client.post(address("delete-session", session))
    assert not Session.objects.exists()
    trash.restore(BinEntry.objects.get(), me)
    back = Session.objects.get()
    assert back.uuid == session.uuid and list(back.trainers.all()) == [me]
    assert back.dates.count() == 2 and back.dates.first().half_days.count() == 2


def test_an_announced_session_is_never_deleted(client, me):
    session = SessionFactory(trainer=me)
    client.post(address("delete-session", session))
    assert Session.objects.filter(pk=session.pk).exists()


def test_registrations_follow_when_a_session_becomes_remote(client, me):
    session = SessionFactory(trainer=me, mode="hybrid", meeting_url="https://salle.example.org/")
    RegistrationFactory(session=session)
    data = entered(session, mode="remote", meeting_url="https://salle.example.org/", confirmed="1")
    client.post(address("edit-session", session), data)
    assert Registration.objects.get().remote


@pytest.mark.parametrize("signed", ["attendance", "countersignature"])
def test_a_date_for_which_attendance_was_signed_no_longer_moves(client, me, signed):
    session = SessionFactory(trainer=me)
    half_day = session.current_dates[0].half_days.first()
    if signed == "attendance":
        row = RegistrationFactory(session=session)
        Attendance.objects.create(half_day=half_day, registration=row, present=True, way="trainer")
    else:
        Countersignature.objects.create(half_day=half_day, by=me)
    data = entered(session, **{"date-0-day": ahead(50).isoformat(), "confirmed": "1"})
    assert client.post(address("edit-session", session), data).status_code == 409
    assert session.dates.get().starts_at == session.first_starts_at
