"""One person of a cohort: what happened to them, what their trainer decides, and no other."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from learning.following import services, timeline
from learning.following.factories import at_work, make_cohort, make_flag, make_learner
from learning.models import Flag, FlagEvent, ProgressEvent, UnitProgress
from learning.paths import record
from learning.paths.factories import units_of
from learning.paths.record import Report

from .test_screens import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return UserFactory(role="trainer")


@pytest.fixture
def client(me):
    return client_of(me)


@pytest.fixture
def cohort(me):
    return make_cohort(me)


@pytest.fixture
def row(cohort):
    return make_learner(cohort)


def address(name, row, *more):
    return reverse(f"learning:{name}", args=[row.cohort.uuid, row.uuid, *more])


def done(row, unit):
    return UnitProgress.objects.get(enrolment=row, unit=unit).completed_at is not None


# -- Whose it is ----------------------------------------------------------------------------------


def test_a_trainer_who_is_not_named_gets_none_of_it(row):
    flag, unit = make_flag(row), units_of(row.path)[0]
    other = client_of(UserFactory(role="trainer"))
    for name, more in (
        ("cohort-person", ()),
        ("cohort-act", (unit.uuid, "valider")),
        ("cohort-mute", (flag.kind,)),
    ):
        assert other.get(address(name, row, *more)).status_code == 404
    assert other.post(address("cohort-act", row, unit.uuid, "valider")).status_code == 404
    assert not ProgressEvent.objects.exists()


def test_somebody_of_another_cohort_is_not_found_under_this_one(client, cohort):
    stranger = make_learner(make_cohort(path=cohort.path))
    page = reverse("learning:cohort-person", args=[cohort.uuid, stranger.uuid])
    assert client.get(page).status_code == 404


# -- Acts -----------------------------------------------------------------------------------------


def test_a_decision_is_asked_before_it_is_taken_and_has_its_author(client, row, me):
    unit = units_of(row.path)[0]
    page = address("cohort-act", row, unit.uuid, "valider")
    assert client.get(page).status_code == 200 and not ProgressEvent.objects.exists()
    client.post(page)
    client.post(page)
    [event] = ProgressEvent.objects.all()
    assert (event.act, event.by) == ("decision", me) and done(row, unit)


def test_a_unit_done_is_reopened_then_started_again(client, row):
    unit = units_of(row.path)[0]
    record.record(row, unit, uuid.uuid4(), Report(marked=True, score=0.9))
    client.post(address("cohort-act", row, unit.uuid, "rouvrir"))
    held = UnitProgress.objects.get()
    assert held.completed_at is None and held.score == 0.9
    client.post(address("cohort-act", row, unit.uuid, "recommencer"))
    assert UnitProgress.objects.get().score is None


def test_an_act_says_at_once_what_it_changed(client, row):
    unit = units_of(row.path)[0]
    at_work(row, unit, days=20)
    services.compute(row.cohort)
    assert Flag.objects.exists()
    client.post(address("cohort-act", row, unit.uuid, "valider"))
    assert not Flag.objects.exists()


def test_nobody_decides_about_their_own_units(client, cohort, me):
    own = make_learner(cohort, me)
    unit = units_of(own.path)[0]
    assert client.post(address("cohort-act", own, unit.uuid, "valider")).status_code == 404
    assert not ProgressEvent.objects.exists()


# -- Setting aside --------------------------------------------------------------------------------


def test_setting_aside_owes_a_reason_and_takes_the_person_off_the_list(client, row, me):
    make_flag(row)
    page = address("cohort-mute", row, "inactive")
    assert client.post(page, {"days": 10, "reason": " "}).status_code == 422
    assert client.post(page, {"days": 999, "reason": "Congé"}).status_code == 422
    client.post(page, {"days": 10, "reason": "Congé"})
    event = FlagEvent.objects.get()
    assert (event.act, event.reason, event.by) == ("muted", "Congé", me)
    base = row.cohort.get_absolute_url()
    assert client.get(base).context["tally"].to_help == 0
    assert client.get(f"{base}?repere=ecartes").context["listing"].total == 1
    client.post(address("cohort-unmute", row, "inactive"))
    assert client.get(base).context["tally"].to_help == 1


# -- What happened --------------------------------------------------------------------------------


def test_the_timeline_tells_newest_first_what_each_room_gives(client, row, me):
    unit = units_of(row.path)[0]
    record.record(row, unit, uuid.uuid4(), Report(score=0.4, success=False))
    record.decide(row, unit, done=True, by=me)
    make_flag(row)
    services.compute(row.cohort)
    entries = client.get(address("cohort-person", row)).context["timeline"].entries
    titles = [entry.title for entry in entries]
    assert "Tentative sous le seuil de réussite" in titles
    assert titles.count("Déclarée faite par un formateur") == 1
    assert "Étape faite" not in titles
    assert titles[-1] == "Inscription au parcours"
    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)


def test_the_timeline_is_cut_in_pages_that_miss_and_repeat_nothing(row, monkeypatch):
    now = timezone.now()
    events = [
        ProgressEvent(
            uuid=uuid.uuid4(), enrolment=row, unit=units_of(row.path)[0], act="report",
            said={"score": n / 100}, at=now,
        )
        for n in range(70)
    ]  # fmt: skip
    ProgressEvent.objects.bulk_create(events)
    seen, number = [], 1
    while number:
        page = timeline.page(row, number)
        seen += [entry.text for entry in page.entries]
        number = page.older
    assert len(seen) == 71 and len(set(seen)) == 71


def test_a_long_history_asks_no_more_queries(client, row, django_assert_max_num_queries):
    unit = units_of(row.path)[0]
    ProgressEvent.objects.bulk_create(
        ProgressEvent(uuid=uuid.uuid4(), enrolment=row, unit=unit, act="report", said={"score": 1})
        for _ in range(1000)
    )
    # The first page of all makes the person's profile of the admin, once.
    client.get(reverse("learning:cohorts"))
    with django_assert_max_num_queries(25):
        client.get(address("cohort-person", row))
