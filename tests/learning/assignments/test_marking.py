"""Marking: late first, by one trainer at a time, undone before it is told, seen by nobody else."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.assignments import marking, queue
from learning.assignments.factories import (
    criteria,
    hand_in,
    make_assignment,
    make_cohort,
    make_learner,
)
from learning.assignments.kinds import Level, Outcome
from learning.models import Enrolment, Submission, UnitProgress

pytestmark = pytest.mark.django_db
BASE = "/espace-pro/corrections/"


@pytest.fixture
def trainer(client):
    user = UserFactory(role="trainer")
    client.force_login(user)
    return user


@pytest.fixture
def group(trainer):
    """(unit, cohort) of a trainer."""
    path, unit = make_assignment()
    return unit, make_cohort(path, trainer)


def handed(group, days_ago=0):
    unit, cohort = group
    row = hand_in(make_learner(cohort.path, cohort), unit)
    if days_ago:
        at = timezone.now() - dt.timedelta(days=days_ago)
        mark_by = timezone.localdate(at) + dt.timedelta(days=7)
        Submission.objects.filter(pk=row.pk).update(submitted_at=at, mark_by=mark_by)
        row.refresh_from_db()
    return row


def said(row, outcome=Outcome.ACCEPTED):
    return marking.Mark(outcome, "Bien.", dict.fromkeys(criteria(row.unit), Level.MET))


def sent(**more):
    return {
        "criterion-0": 2,
        "criterion-1": 1,
        "feedback": "Bien.",
        "outcome": "accepted",
        "key": uuid.uuid4(),
        **more,
    }


def test_what_is_late_comes_first_and_says_by_how_much(client, trainer, group):
    fresh, late = handed(group), handed(group, days_ago=10)
    found = client.get(BASE).context["queue"]
    assert [(line.row, line.late_by) for line in found.lines] == [(late, 3), (fresh, 0)]
    assert (found.to_mark, found.late) == (2, 1)


def test_the_queue_narrows_and_a_wrong_choice_is_said(client, trainer, group):
    handed(group)
    other = make_cohort(group[1].path, trainer, name="Autre")
    assert len(client.get(BASE).context["queue"].lines) == 1
    assert client.get(BASE, {"cohort": other.uuid}).context["queue"].lines == []
    answer = client.get(BASE, {"cohort": "x", "view": "zz", "page": "-4"})
    assert answer.status_code == 200
    assert "Ce choix n’existe pas" in answer.content.decode()


def test_two_trainers_do_not_mark_the_same_work(client, trainer, group, clock):
    row = handed(group)
    other = UserFactory(role="national-team")
    marking.claim(row, by=other)
    assert client.post(f"{BASE}{row.uuid}/", sent()).status_code == 409
    assert queue.next_free(trainer, handed(group)) is None
    clock.shift(61 * 60)
    client.force_login(trainer)
    assert client.post(f"{BASE}{row.uuid}/", sent()).status_code == 302


def test_marked_one_goes_to_the_next_which_is_taken(client, trainer, group):
    first, second = handed(group, days_ago=9), handed(group)
    client.post(f"{BASE}{first.uuid}/prendre/")
    answer = client.post(f"{BASE}{first.uuid}/", sent(next="1"))
    assert answer.url == f"{BASE}{second.uuid}/"
    second.refresh_from_db()
    assert second.claimed_by == trainer
    assert Submission.objects.get(pk=first.pk).score == 0.75


def test_a_mark_is_told_and_counts_after_five_minutes_once(trainer, group, clock):
    row = handed(group)
    marking.mark(row, said(row), by=trainer)
    assert (marking.tell_due(), Notification.objects.count()) == (0, 0)
    assert not UnitProgress.objects.filter(completed_at__isnull=False).exists()
    clock.shift(5 * 60)
    assert (marking.tell_due(), marking.tell_due()) == (1, 0)
    assert Notification.objects.get().user == row.enrolment.user
    assert Enrolment.objects.get(pk=row.enrolment_id).state == "completed"


def test_a_mark_is_undone_as_an_event_before_it_is_told(client, trainer, group):
    row = handed(group)
    marking.mark(row, said(row), by=trainer)
    client.post(f"{BASE}{row.uuid}/annuler/")
    row.refresh_from_db()
    assert (row.waits, row.claimed_by) == (True, trainer)
    assert [event.act for event in row.events.all()] == ["submitted", "marked", "undone"]
    # What was written is there to be corrected.
    assert "Bien." in client.get(f"{BASE}{row.uuid}/").content.decode()
    marking.mark(row, said(row), by=trainer)
    client.post(f"{BASE}{row.uuid}/transmettre/")
    client.post(f"{BASE}{row.uuid}/annuler/")
    row.refresh_from_db()
    assert row.state == "accepted"


def test_to_rework_says_what_is_to_be_changed(client, trainer, group):
    row = handed(group)
    answer = client.post(f"{BASE}{row.uuid}/", sent(outcome="rework", feedback=" "))
    assert answer.status_code == 400
    assert Submission.objects.get().waits


@pytest.mark.parametrize("wrong", [{"criterion-0": "9"}, {"outcome": "x"}, {"key": "x"}])
def test_a_hostile_mark_marks_nothing(client, trainer, group, wrong):
    row = handed(group)
    assert client.post(f"{BASE}{row.uuid}/", sent(**wrong)).status_code == 400
    assert Submission.objects.get().waits


def test_nobody_marks_their_own_work(client, trainer, group):
    unit, cohort = group
    row = hand_in(make_learner(cohort.path, cohort, user=trainer), unit)
    assert client.get(f"{BASE}{row.uuid}/").status_code == 404
    with pytest.raises(marking.CannotMark):
        marking.mark(row, said(row), by=trainer)


def test_another_trainer_sees_neither_the_queue_nor_the_work(client, trainer, group):
    row = handed(group)
    client.force_login(UserFactory(role="trainer"))
    assert client.get(BASE).context["queue"].lines == []
    assert client.get(f"{BASE}{row.uuid}/").status_code == 404
    assert client.post(f"{BASE}{row.uuid}/", sent()).status_code == 404


def test_the_queue_costs_the_same_whatever_its_length(client, trainer, group, settings):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    unit, cohort = group
    template = handed(group)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = cost(BASE)
    people = UserFactory._meta.model.objects.bulk_create(UserFactory.build() for _ in range(1000))
    rows = Enrolment.objects.bulk_create(
        Enrolment(path=cohort.path, version=cohort.path.version, cohort=cohort, user=person)
        for person in people
    )
    Submission.objects.bulk_create(
        Submission(
            enrolment=row,
            unit=unit,
            text="Venez.",
            state="submitted",
            submitted_at=template.submitted_at,
            mark_by=template.mark_by,
        )
        for row in rows
    )
    assert cost(BASE) <= few + 1
    assert cost(BASE) - cost("/page-vide/") <= 25
    assert cost(f"{BASE}{template.uuid}/") - cost("/page-vide/") <= 25
