"""Late by the date of a unit: the condition in the database finds whom `of_each` says, day by day."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from learning.assignments.kinds import SubmissionState
from learning.enrolling.overrides import grant
from learning.models import Enrolment, Submission, Unit, UnitProgress
from learning.overview import network
from learning.paths import dated
from learning.paths.factories import make_path, units_of
from tests.learning.paths.test_dues import give_terms

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def random_people(chance, number=120):
    """Enrolments of every state, with units done, handed in, granted, withdrawn, on two paths and none dated."""
    first = make_path({}, {}, {"required": False})
    give_terms(first, 0, due_on=(TODAY - 3 * DAY).isoformat())
    give_terms(first, 1, days=10)
    give_terms(first, 2, days=1)
    second = make_path({}, {})
    give_terms(second, 0, days=30)
    paths = [first, second, make_path()]
    units = {path.pk: units_of(path) for path in paths}
    Unit.objects.filter(pk=units[second.pk][1].pk).update(archived_at=timezone.now())
    users = User.objects.bulk_create(User(email=f"{n}@agents.example.org") for n in range(number))
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            path=(path := chance.choice(paths)),
            version=path.version,
            user=user,
            due=2,
            state=chance.choice(["active", "active", "active", "left", "completed"]),
            superseded=chance.random() < 0.1,
            due_on=chance.choice([None, None, TODAY - DAY, TODAY + DAY]),
            created_at=timezone.now() - chance.randrange(60) * DAY,
        )
        for user in users
    )
    by = UserFactory()
    for row in chance.sample(rows, number // 2):
        unit = chance.choice(units[row.path_id])
        done = chance.choice([None, timezone.now()])
        UnitProgress.objects.create(enrolment=row, unit=unit, completed_at=done)
    for row in chance.sample(rows, number // 4):
        unit, state = chance.choice(units[row.path_id]), chance.choice(SubmissionState.values)
        Submission.objects.create(enrolment=row, unit=unit, state=state)
    for row in chance.sample(rows, number // 4):
        unit = chance.choice(units[row.path_id])
        for _time in range(chance.randrange(1, 3)):
            due = chance.choice([None, TODAY - 5 * DAY, TODAY, TODAY + 5 * DAY])
            grant(row, by=by, reason="Congé", unit=unit, due_on=due, attempts=2)


@pytest.mark.parametrize("seed", [1, 2])
def test_both_ways_of_saying_it_find_the_same_people(seed):
    random_people(random.Random(seed))
    going_on = Enrolment.objects.filter(state="active", superseded=False)
    said = dated.of_each(going_on)
    for first, last in (
        (dated.ALWAYS, TODAY - DAY),
        (TODAY, TODAY + 30 * DAY),
        *((TODAY + n * DAY, TODAY + n * DAY) for n in range(-12, 12)),
    ):
        wanted = {
            pk for pk, each in said.items() if any(first <= due.due_on <= last for due in each)
        }
        found = Enrolment.objects.filter(dated.units_due(first, last))
        assert set(found.values_list("pk", flat=True)) == wanted, (first, last)
    assert said, "the example holds something"


def test_the_network_counts_as_late_whom_follow_up_does():
    random_people(random.Random(3))
    going_on = Enrolment.objects.filter(state="active", superseded=False)
    said = dated.of_each(going_on)
    late = {
        row.pk
        for row in going_on
        if (row.due_on and row.due_on < TODAY)
        or any(due.is_late(TODAY) for due in said.get(row.pk, ()))
    }
    kind = network.LISTS["retard"]
    shown = kind.show(kind.rows({}))[:200]
    assert {row.pk for row in shown} == late
    assert any(row.units and not row.due_on for row in shown)


def test_as_few_queries_whatever_the_number_of_people(django_assert_max_num_queries):
    random_people(random.Random(4))
    with django_assert_max_num_queries(6):
        list(Enrolment.objects.filter(dated.late(TODAY)).values_list("pk", flat=True))
