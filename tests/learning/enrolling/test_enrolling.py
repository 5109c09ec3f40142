"""Enrolling others: who could not and why, nothing lost, told once, few queries however many."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.enrolling import services
from learning.enrolling.overrides import grant
from learning.enrolling.receivers import enrol_those_present
from learning.factories import RegistrationFactory, SessionFactory
from learning.following.factories import make_cohort
from learning.models import Enrolment, EnrolmentAct, LearningPathPage
from learning.paths import services as paths
from learning.paths.factories import make_enrolment, make_path
from learning.paths.kinds import EnrolmentSource
from learning.paths.services import Fate

pytestmark = pytest.mark.django_db
LATER = dt.date(2030, 5, 31)


@pytest.fixture
def path():
    return make_path()


@pytest.fixture
def manager():
    return UserFactory(first_name="Dominique", last_name="Exemple")


def enrol(path, people, by, **more):
    return services.enrol_people(path, people, by=by, source=EnrolmentSource.MANAGER, **more)


def told(person):
    return list(Notification.objects.filter(user=person).values_list("kind", flat=True))


def test_each_is_enrolled_with_who_did_it_and_told_once(path, manager):
    person = UserFactory()
    [outcome] = enrol(path, [person], manager, due_on=LATER)
    row = Enrolment.objects.get(user=person)
    assert (outcome.fate, row.enrolled_by, row.due_on, row.due) == (Fate.NEW, manager, LATER, 3)
    assert enrol(path, [person], manager)[0].fate == Fate.ALREADY
    assert told(person) == ["learning.path-enrolled"]
    assert "Dominique Exemple" in Notification.objects.get(user=person).text


def test_who_cannot_be_enrolled_is_said_with_the_reason_and_stops_nobody(manager):
    first = make_path(title="Le premier")
    path = make_path()
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    page.needs.add(LearningPathPage.objects.get(translation_key=first.uuid))
    page.save()
    gone, ready, other = UserFactory(is_active=False), UserFactory(), UserFactory()
    make_enrolment(first, ready, state="completed")
    outcomes = {o.person: o for o in enrol(path, [gone, ready, other], manager)}
    assert outcomes[ready].fate == Fate.NEW
    assert "Le premier" in outcomes[other].reason
    assert outcomes[gone].fate == Fate.REFUSED
    assert Enrolment.objects.filter(path=path).count() == 1


def test_who_left_comes_back_to_what_they_did_and_keeps_the_due_date(path, manager):
    row = make_enrolment(path, due_on=LATER, done=2)
    paths.leave(row)
    [outcome] = enrol(path, [row.user], manager)
    row.refresh_from_db()
    assert (outcome.fate, row.state, row.done, row.due_on) == (Fate.BACK, "active", 2, LATER)
    acts = EnrolmentAct.objects.filter(enrolment=row).values_list("kind", "by")
    assert list(acts) == [("left", row.user_id), ("restored", manager.pk)]


def test_a_hundred_cost_as_many_queries_as_one(path, manager):
    def queries(people):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            enrol(path, people, manager)
        return len(caught)

    one = queries([UserFactory()])
    assert queries(UserFactory.create_batch(30)) == one <= 20


def test_who_follows_alone_enters_the_cohort_and_nobody_is_in_two(path, manager):
    alone, other = make_enrolment(path), make_enrolment(path)
    first, second = make_cohort(path=path, due_on=LATER), make_cohort(path=path, name="Autre")
    services.add_people(first, [alone.user, other.user], by=manager)
    outcomes = services.add_people(second, [alone.user], by=manager)
    alone.refresh_from_db()
    assert (outcomes[0].fate, alone.cohort, alone.due_on) == (Fate.ALREADY, first, LATER)
    assert Enrolment.objects.filter(path=path, superseded=False).count() == 2


def test_a_closed_cohort_takes_nobody_and_takes_again_when_reopened(path, manager):
    cohort = make_cohort(path=path)
    services.close_cohort(cohort, by=manager)
    with pytest.raises(services.CannotChange):
        services.add_people(cohort, [UserFactory()], by=manager)
    services.reopen_cohort(cohort, by=manager)
    assert services.add_people(cohort, [UserFactory()], by=manager)[0].fate == Fate.NEW


def test_the_due_date_of_a_cohort_moves_all_but_those_granted_another(path, manager):
    cohort = make_cohort(path=path, due_on=LATER)
    one, other = UserFactory.create_batch(2)
    services.add_people(cohort, [one, other], by=manager)
    alone = Enrolment.objects.get(user=other)
    grant(alone, by=manager, reason="Congé", due_on=LATER + dt.timedelta(days=90))
    cohort.due_on = LATER + dt.timedelta(days=30)
    cohort.save()
    assert services.move_due_dates(cohort, by=manager) == 1
    assert Enrolment.objects.get(user=one).due_on == cohort.due_on
    alone.refresh_from_db()
    assert alone.due_on == LATER + dt.timedelta(days=90)
    assert told(one) == ["learning.path-due", "learning.path-enrolled"]
    grant(alone, by=manager, reason="Congé annulé")
    assert Enrolment.objects.get(user=other).due_on == cohort.due_on


def test_days_to_complete_count_from_the_day_one_enters(path, manager):
    cohort = make_cohort(path=path, due_days=30)
    services.add_people(cohort, [UserFactory()], by=manager)
    assert Enrolment.objects.get().due_on == timezone.localdate() + dt.timedelta(days=30)


def test_taken_out_with_a_reason_and_taken_back(path, manager):
    row = make_enrolment(path, done=1)
    paths.leave(row, by=manager, reason="Mutation")
    assert paths.restore(row, by=manager, reason="De retour").state == "active"
    acts = EnrolmentAct.objects.filter(enrolment=row).values_list("kind", "reason", "by")
    assert list(acts) == [
        ("left", "Mutation", manager.pk),
        ("restored", "De retour", manager.pk),
    ]


def test_closing_a_session_costs_as_many_queries_for_twenty_people_as_for_two():
    first, second = SessionFactory(), SessionFactory()
    second.module = first.module
    second.save()
    make_path(module=first.module)

    def queries(session, people):
        rows = [RegistrationFactory(session=session, half_days_present=1) for _ in range(people)]
        with CaptureQueriesContext(connection) as caught:
            enrol_those_present(session, by=rows[0].user)
        return len(caught)

    assert queries(first, 2) == queries(second, 20) <= 30
    assert Enrolment.objects.filter(source="session").count() == 22
