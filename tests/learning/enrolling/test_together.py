"""Two at once, with real threads: one enrolment, one time, one round, and counters that agree."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.enrolling import cohort_rules, services
from learning.enrolling.factories import make_rule
from learning.following.factories import make_cohort
from learning.models import ChapterPage, Enrolment, LearningPathPage, UnitPage
from learning.overview.counters import differences
from learning.paths import services as paths
from learning.paths import structure
from learning.paths.factories import add_unit, make_enrolment, make_path, units_of
from learning.paths.record import Report, record
from maisons.factories import MaisonFactory, MembershipFactory
from tests.learning.test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def agree():
    return [str(each) for each in differences()] == []


def test_a_double_click_and_a_manager_at_once_give_one_enrolment():
    path, person, manager = make_path(), UserFactory(), UserFactory()
    raised = together(
        *[lambda: paths.enrol(path, person, by=person)] * 4,
        *[lambda: services.enrol_people(path, [person], by=manager, source="manager")] * 4,
    )
    assert not raised
    assert Enrolment.objects.filter(path=path, user=person).count() == 1
    assert agree()


def test_two_tabs_on_the_same_and_on_other_units_count_the_union_of_their_time():
    path = make_path()
    row = make_enrolment(path)
    now = timezone.now().replace(microsecond=0)
    one, other, _third = units_of(path)
    event = uuid.uuid4()

    def tab(unit, start, end, event=None):
        active = (now - dt.timedelta(seconds=start), now - dt.timedelta(seconds=end))
        said = Report(active=active, marked=unit == one)
        return lambda: record(row, unit, event or uuid.uuid4(), said, now=now)

    assert not together(
        tab(one, 100, 60),
        tab(one, 80, 40),
        tab(other, 100, 70),
        tab(other, 50, 10),
        tab(one, 100, 60, event),
        tab(one, 100, 60, event),
    )
    row.refresh_from_db()
    assert (row.seconds, row.done) == (90, 1)
    assert row.events.filter(uuid=event).count() == 1
    assert agree()


def test_a_version_published_while_people_answer_loses_and_moves_nobody():
    path = make_path()
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    chapter = ChapterPage.objects.child_of(page).get()
    units = units_of(path)
    rows = [make_enrolment(path) for _ in range(4)]

    def publish():
        add_unit(chapter, 4, title="Une étape de plus")
        UnitPage.objects.get(translation_key=units[2].uuid).delete()
        structure.publish_version(page)

    def answer(row):
        return lambda: [record(row, unit, uuid.uuid4(), Report(marked=True)) for unit in units]

    def move(row):
        return lambda: paths.take_version(row)

    raised = together(publish, *map(answer, rows), *map(move, rows))
    # Whoever had moved meanwhile is told that the unit is no longer there; nothing else goes wrong.
    assert not [error for error in raised if type(error).__name__ != "CannotRecord"]
    for row in rows:
        row.refresh_from_db()
        assert row.progress.filter(completed_at__isnull=False).count() >= 2
    assert agree()


def test_starting_again_twice_at_once_is_one_new_round():
    path = make_path()
    row = make_enrolment(path, state="completed", completed_at=timezone.now())
    assert not together(*[lambda: paths.start_again(row, by=row.user)] * 6)
    rounds = Enrolment.objects.filter(user=row.user).order_by("round")
    assert [(each.round, each.superseded) for each in rounds] == [(1, True), (2, False)]


def test_two_clocks_that_apply_a_rule_at_once_take_each_person_in_once():
    path, maison = make_path(), MaisonFactory()
    people = [MembershipFactory(user=UserFactory(), maison=maison).user for _ in range(6)]
    cohort, other = make_cohort(path=path), make_cohort(path=path, name="Autre")
    for each in (cohort, other):
        make_rule(each, maisons=[maison])
    applying = (lambda each=each: cohort_rules.apply(each) for each in (cohort, other) * 3)
    assert not together(*applying)
    rows = Enrolment.objects.filter(path=path)
    assert rows.count() == rows.values("user").distinct().count() == len(people)
    assert Notification.objects.filter(kind="learning.path-enrolled").count() == len(people)
