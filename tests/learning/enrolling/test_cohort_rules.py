"""Who matches enters, who no longer matches stays; a dry run says so and writes nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling import cohort_rules
from learning.enrolling.cohort_rules import Condition, in_words, keep_up_to_date, matching, preview
from learning.enrolling.factories import make_rule
from learning.following.factories import make_cohort
from learning.models import Enrolment
from learning.paths import services as paths
from learning.paths.factories import make_enrolment, make_path
from maisons.factories import HostOrganisationFactory, MaisonFactory, MembershipFactory
from maisons.services import end_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def path():
    return make_path()


@pytest.fixture
def maison():
    return MaisonFactory(host_organisation=HostOrganisationFactory(kind="la-poste"))


def member(maison, **fields):
    return MembershipFactory(user=UserFactory(), maison=maison, **fields).user


def test_every_condition_must_hold_for_one_membership(maison):
    elsewhere = MaisonFactory()
    agent, boss = member(maison), member(maison, role="manager")
    far = member(elsewhere)
    # Manager there and agent here: no single membership is both.
    both = member(elsewhere, role="manager")
    MembershipFactory(user=both, maison=maison, role="agent")
    department = maison.commune.department
    assert set(matching(Condition(role="manager", maisons=(maison,)))) == {boss}
    assert set(matching(Condition(departments=(department,)))) >= {agent, boss, both}
    assert set(matching(Condition(host_kind="la-poste"))) == {agent, boss, both}
    assert far not in matching(Condition(maisons=(maison,)))
    now = timezone.now()
    gone = member(maison, starts_at=now - dt.timedelta(days=9), ends_at=now)
    erased = member(maison)
    type(erased).objects.filter(pk=erased.pk).update(is_active=False)
    assert not {gone, erased} & set(matching(Condition(maisons=(maison,))))


def test_the_days_of_arrival_are_whole_days_both_included(maison):
    day = dt.date(2026, 9, 1)
    noon = timezone.make_aware(dt.datetime(2026, 9, 1, 23, 30))
    person = member(maison, starts_at=noon)
    assert person in matching(Condition(joined_from=day, joined_until=day))
    assert person not in matching(Condition(joined_from=day + dt.timedelta(days=1)))
    assert person not in matching(Condition(joined_until=day - dt.timedelta(days=1)))


def test_the_rule_is_said_in_words(maison):
    said = in_words(
        Condition("agent", (maison.commune.department,), (maison,), "", dt.date(2026, 9, 1))
    )
    assert len(said) == 3
    assert maison.name in said[1] and maison.commune.department.name in said[1]
    assert "1er septembre 2026" in said[2]


def test_the_dry_run_lists_who_enters_and_why_not_the_others_and_writes_nothing(path, maison):
    cohort, other = make_cohort(path=path), make_cohort(path=path, name="Autre")
    new, alone, inside, elsewhere, done, left = (member(maison) for _ in range(6))
    make_enrolment(path, alone)
    make_enrolment(path, inside, cohort=cohort)
    make_enrolment(path, elsewhere, cohort=other)
    make_enrolment(path, done, state="completed")
    make_enrolment(path, left, state="left")
    found = preview(Condition(maisons=(maison,)), path, cohort)
    assert (found.enter, found.join, found.inside) == ([new], [alone], [inside])
    assert (found.elsewhere, found.completed, found.left) == ([elsewhere], [done], [left])
    assert not Enrolment.objects.filter(user=new).exists()


def test_the_clock_takes_in_who_newly_matches_and_throws_nobody_out(path, maison):
    cohort = make_cohort(path=path)
    make_rule(cohort, maisons=[maison])
    first = MembershipFactory(user=UserFactory(), maison=maison)
    left = make_enrolment(path, member(maison), state="left")
    assert (keep_up_to_date(), keep_up_to_date()) == (1, 0)
    end_membership(first, by=UserFactory(role="national-team"))
    late = member(maison)
    assert keep_up_to_date() == 1
    inside = set(Enrolment.objects.filter(cohort=cohort).values_list("user", flat=True))
    assert inside == {first.user_id, late.pk}
    left.refresh_from_db()
    assert left.state == "left"


def test_a_closed_cohort_takes_nobody_by_its_rule(path, maison):
    cohort = make_cohort(path=path, archived_at=timezone.now())
    make_rule(cohort, maisons=[maison])
    member(maison)
    assert keep_up_to_date() == 0 and cohort_rules.apply(cohort) == []


def test_who_enters_by_the_clock_may_leave_for_good(path, maison):
    cohort = make_cohort(path=path)
    make_rule(cohort, maisons=[maison])
    person = member(maison)
    keep_up_to_date()
    paths.leave(Enrolment.objects.get(user=person))
    assert keep_up_to_date() == 0
    assert Enrolment.objects.get(user=person).state == "left"
