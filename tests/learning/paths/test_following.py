"""Following a path: who may, where one goes on, what the page reports."""

import datetime as dt
import json
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from learning.factories import RegistrationFactory, SessionFactory
from learning.models import (
    ChapterPage,
    Enrolment,
    LearningPathPage,
    ProgressEvent,
    UnitPage,
    UnitProgress,
)
from learning.paths import record as recording
from learning.paths import services, structure
from learning.paths.factories import add_unit, make_enrolment, make_path, units_of
from learning.signals import session_closed
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    user = UserFactory()
    MembershipFactory(user=user)
    client.force_login(user)
    return user


@pytest.fixture
def path(db):
    return make_path()


def step(path, unit, act=""):
    return f"{path.get_absolute_url()}etapes/{unit.uuid}/{act}"


def test_an_agent_enrols_goes_on_and_completes_without_javascript(client, agent, path):
    client.post(f"{path.get_absolute_url()}inscription/")
    for number, unit in enumerate(units_of(path), start=1):
        assert client.get(path.get_absolute_url()).context["view"].next.title == f"Étape {number}"
        client.post(step(path, unit, "fait/"), {"event": str(uuid.uuid4())})
    row = Enrolment.objects.get(user=agent)
    assert (row.state, row.percent) == ("completed", 100)


def test_a_double_click_is_one_act(client, agent, path):
    make_enrolment(path, agent)
    unit = units_of(path)[0]
    event = str(uuid.uuid4())
    for _ in range(2):
        client.post(step(path, unit, "fait/"), {"event": event})
    assert ProgressEvent.objects.count() == 1


@pytest.fixture
def in_order():
    """A path whose second unit waits for the first."""
    path = make_path()
    one, two, _three = units_of(path)
    page = UnitPage.objects.get(translation_key=two.uuid)
    page.needs.set([UnitPage.objects.get(translation_key=one.uuid)])
    page.save()
    structure.publish_version(LearningPathPage.objects.get(translation_key=path.uuid))
    path.refresh_from_db()
    return path


def report(client, path, unit, **said):
    sent = json.dumps({"event": str(uuid.uuid4()), **said})
    return client.post(step(path, unit, "rapport/"), sent, "application/json")


def test_a_unit_waits_for_those_before_it(client, agent, in_order):
    path = in_order
    _one, two, _three = units_of(path)
    make_enrolment(path, agent)
    answer = client.get(step(path, two))
    assert answer.context["value"] is None
    assert "Étape 1" in answer.content.decode()
    client.post(step(path, two, "fait/"), {"event": str(uuid.uuid4())})
    assert not UnitProgress.objects.filter(unit=two).exists()


def test_a_forged_report_opens_no_unit_that_waits(client, agent, in_order):
    row = make_enrolment(in_order, agent)
    one, two, _three = units_of(in_order)
    assert report(client, in_order, two, from_ago=60, to_ago=0).status_code == 409
    assert not ProgressEvent.objects.exists()
    client.post(step(in_order, one, "fait/"), {"event": str(uuid.uuid4())})
    assert report(client, in_order, two, from_ago=60, to_ago=0).status_code == 200
    # Begun, it goes on: what waited for the network is kept even when the first is started again.
    recording.reset(row, one, by=agent)
    assert report(client, in_order, two, from_ago=60, to_ago=0).status_code == 200


def test_nothing_is_reported_before_the_day_on_which_a_unit_opens(client, agent):
    path = make_path({"opens_on": timezone.localdate() + dt.timedelta(days=1)})
    make_enrolment(path, agent)
    assert report(client, path, units_of(path)[0]).status_code == 409
    assert not ProgressEvent.objects.exists()


def test_a_report_counts_the_time_and_keeps_the_place(client, agent, path):
    row = make_enrolment(path, agent)
    unit = units_of(path)[0]
    sent = {"event": str(uuid.uuid4()), "from_ago": 30, "to_ago": 0, "place": {"second": 12}}
    answer = client.post(step(path, unit, "rapport/"), json.dumps(sent), "application/json")
    assert answer.json()["done"] is False
    row.refresh_from_db()
    assert row.seconds == 30
    assert UnitProgress.objects.get().place == {"second": 12}


@pytest.mark.parametrize(
    "said",
    [
        {"event": "x"},
        {"played": [[1]]},
        {"played": [["NaN", 3]]},
        {"played": "x"},
        {"speed": 99},
        {"place": [1]},
        {"place": {"a": "x" * 3000}},
        {"from_ago": -5, "to_ago": 0},
        {"place": {"second": float("nan")}},
        {"place": {"second": "\0"}},
        {"played": [[0, 10**400]]},
        {"from_ago": 10**400, "to_ago": 0},
        '{"event": "b7b1c1d0-0000-4000-8000-000000000000", "place": {"second": 1e999}}',
        '{"event": "b7b1c1d0-0000-4000-8000-000000000000", "played": '
        + "[" * 9000
        + "]" * 9000
        + "}",
        ["not", "an", "object"],
        "not json",
    ],
)
def test_a_hostile_report_is_refused_with_a_message(client, agent, path, said):
    make_enrolment(path, agent)
    whole = {"event": str(uuid.uuid4()), **said} if isinstance(said, dict) else said
    sent = whole if isinstance(whole, str) else json.dumps(whole)
    answer = client.post(step(path, units_of(path)[0], "rapport/"), sent, "application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not ProgressEvent.objects.exists()


def test_another_person_s_progress_is_nowhere(client, agent, path):
    make_enrolment(path, UserFactory())
    assert client.get(path.get_absolute_url()).status_code == 302
    answer = client.post(step(path, units_of(path)[0], "rapport/"), "{}", "application/json")
    assert answer.status_code == 404


def test_whoever_looks_as_a_learner_writes_nothing(client, path):
    client.force_login(UserFactory(role="editor"))
    answer = client.get(step(path, units_of(path)[0]))
    assert answer.context["preview"]
    assert not Enrolment.objects.exists()
    assert not UnitProgress.objects.exists()


def test_ten_minutes_proposes_what_fits(client, agent):
    path = make_path({"minutes": 30}, {"minutes": 8}, {"minutes": 10})
    make_enrolment(path, agent)
    found = client.get(path.get_absolute_url(), {"minutes": "10"}).context["within"]
    assert [unit.title for unit in found] == ["Étape 3", "Étape 2"]
    assert client.get(path.get_absolute_url(), {"minutes": "zz"}).status_code == 200


def test_a_path_that_is_not_open_or_whose_first_is_missing_takes_nobody(agent):
    first = make_path(title="Premier")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    late = make_path(opens_on=tomorrow)
    with pytest.raises(services.CannotEnrol):
        services.enrol(late, agent, by=agent)
    second = make_path(title="Second")
    page = LearningPathPage.objects.get(translation_key=second.uuid)
    page.needs.set([LearningPathPage.objects.get(translation_key=first.uuid)])
    page.save()
    with pytest.raises(services.CannotEnrol, match="Premier"):
        services.enrol(second, agent, by=agent)


def test_started_again_the_completed_round_stays(agent, path):
    row = make_enrolment(path, agent, state="completed", completed_at=timezone.now())
    fresh = services.start_again(row, by=agent)
    row.refresh_from_db()
    assert (row.state, row.superseded, fresh.round, fresh.percent) == ("completed", True, 2, 0)


def test_who_left_is_asked_to_take_the_path_up_again_where_they_stopped(client, agent, path):
    address = services.page_of(path).get_url()
    assert "Commencer ce parcours" in client.get(address).content.decode()
    row = make_enrolment(path, agent)
    recording.record(row, units_of(path)[0], uuid.uuid4(), recording.Report(marked=True))
    services.leave(row)
    page = client.get(address).content.decode()
    assert "Reprendre ce parcours" in page and "Commencer ce parcours" not in page
    client.post(f"{path.get_absolute_url()}inscription/")
    row.refresh_from_db()
    assert (row.state, row.done) == ("active", 1)


def test_whoever_may_not_follow_a_path_reads_for_whom_it_is(client, path):
    address = services.page_of(path).get_url()
    for person in (None, UserFactory()):
        if person:
            client.force_login(person)
        page = client.get(address).content.decode()
        assert "Réservé aux personnes" in page and "Commencer ce parcours" not in page


@pytest.mark.parametrize("count", [3, 60])
def test_the_pages_of_a_path_cost_the_same_whatever_its_length(client, agent, count):
    path = make_path(*[{}] * count)
    row = make_enrolment(path, agent)
    units = units_of(path)
    UnitProgress.objects.bulk_create(UnitProgress(enrolment=row, unit=unit) for unit in units)
    for address in (path.get_absolute_url(), step(path, units[1]), "/espace-pro/formations/"):
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 24, (address, len(queries))


def test_a_new_unit_is_announced_and_taken_by_choice(client, agent, path):
    make_enrolment(path, agent)
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    unit = add_unit(ChapterPage.objects.child_of(page).get(), 4, title="Une étape de plus")
    unit.save_revision().publish()
    answer = client.get(path.get_absolute_url())
    assert "Une étape de plus" in answer.content.decode()
    client.post(f"{path.get_absolute_url()}version/")
    assert Enrolment.objects.get(user=agent).version.number == 2


def test_closing_a_session_enrols_those_present_in_the_path_of_its_module():
    session = SessionFactory()
    path = make_path(module=session.module)
    there = RegistrationFactory(session=session, half_days_due=2, half_days_present=1)
    RegistrationFactory(session=session, half_days_due=2, outcome="absent")
    session_closed.send(type(session), session=session, by=there.user)
    row = Enrolment.objects.get()
    assert (row.user, row.path, row.source) == (there.user, path, "session")
