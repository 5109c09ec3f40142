"""Who is late, stuck, inactive or failing: by rules that each cohort may change, applied by the clock."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling import overrides
from learning.following import attempts, queries, saying, services
from learning.following.factories import at_work, make_cohort, make_learner
from learning.following.kinds import FlagAct, FlagCause, FlagKind
from learning.models import AppendOnly, Enrolment, Flag, FlagEvent, UnitProgress
from learning.paths import record
from learning.paths.factories import make_path, units_of
from learning.paths.record import Report

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cohort():
    path = make_path({"rule": "score", "threshold": 60}, {}, {})
    return make_cohort(path=path)


def days_ago(number):
    return timezone.now() - number * DAY


def said(cohort, now=None):
    """{kind: cause} of the flags of a cohort once its rules are applied."""
    services.compute(cohort, now)
    return dict(Flag.objects.filter(enrolment__cohort=cohort).values_list("kind", "cause"))


def fails(row, unit, score=0.4):
    record.record(row, unit, uuid.uuid4(), Report(score=score, success=False))


# -- The rules by default -------------------------------------------------------------------------


def test_whoever_goes_on_is_told_of_in_nothing(cohort):
    at_work(make_learner(cohort), units_of(cohort.path)[0], days=13)
    assert said(cohort) == {}


def test_fourteen_days_on_one_unit_are_too_long(cohort):
    row = make_learner(cohort, created_at=days_ago(30))
    held = at_work(row, units_of(cohort.path)[0], days=15)
    assert said(cohort) == {FlagKind.STUCK: FlagCause.UNIT_DAYS}
    flag = Flag.objects.get()
    assert flag.began_at == held.started_at and flag.since == held.started_at + 14 * DAY
    assert (flag.limit, flag.unit) == (14, held.unit)


def test_nobody_is_stuck_on_a_unit_that_they_left_for_another(cohort):
    first, second, _third = units_of(cohort.path)
    row = make_learner(cohort, created_at=days_ago(30))
    at_work(row, first, days=20)
    at_work(row, second, days=2)
    assert said(cohort) == {}


def test_two_failed_attempts_are_stuck_and_one_is_not(cohort):
    row, unit = make_learner(cohort), units_of(cohort.path)[0]
    fails(row, unit)
    assert said(cohort) == {}
    fails(row, unit)
    assert said(cohort) == {FlagKind.STUCK: FlagCause.ATTEMPTS}
    assert Flag.objects.get().value == 2


def test_a_success_after_failures_ends_it(cohort):
    row, unit = make_learner(cohort), units_of(cohort.path)[0]
    fails(row, unit)
    fails(row, unit)
    assert said(cohort)
    record.record(row, unit, uuid.uuid4(), Report(score=0.8, success=True))
    assert said(cohort) == {}


def test_twenty_one_days_without_activity_are_inactive_even_before_the_first(cohort):
    make_learner(cohort, created_at=days_ago(22))
    assert said(cohort) == {FlagKind.INACTIVE: FlagCause.IDLE}


def test_late_begins_the_day_after_the_due_date_of_the_person_else_of_the_cohort(cohort):
    today = timezone.localdate()
    cohort.due_on = today - DAY
    cohort.save()
    make_learner(cohort)
    granted = make_learner(cohort, due_on=today)
    services.compute(cohort)
    flag = Flag.objects.get()
    assert flag.kind == FlagKind.LATE and flag.enrolment != granted
    assert timezone.localtime(flag.since).date() == today


def test_one_unit_past_its_date_is_late_and_is_named(cohort):
    second = units_of(cohort.path)[1]
    row, other = make_learner(cohort), make_learner(cohort, due_on=timezone.localdate() + DAY)
    due = timezone.localdate() - 2 * DAY
    overrides.grant(row, by=UserFactory(), reason="Reprise", unit=second, due_on=due)
    services.compute(cohort)
    flag = Flag.objects.get()
    assert (flag.enrolment, flag.kind, flag.unit) == (row, FlagKind.LATE, second)
    assert timezone.localtime(flag.since).date() == due + DAY
    text = saying.why(flag, queries.unit_titles(cohort))
    assert "Étape 2" in text and saying.since(flag).startswith("En retard depuis le")
    record.record(row, second, uuid.uuid4(), Report(completed=True))
    assert said(cohort) == {}
    assert other.due_on


def test_below_the_pass_mark_is_failing_once_no_attempt_is_left(cohort, monkeypatch):
    row, unit = make_learner(cohort), units_of(cohort.path)[0]
    fails(row, unit, 0.45)
    assert said(cohort) == {}
    at = timezone.now()
    tries = attempts.Tries(row.pk, unit.pk, (at,), left=0)
    monkeypatch.setattr(attempts, "_providers", [lambda ids: [tries]])
    assert said(cohort) == {FlagKind.FAILING: FlagCause.SCORE}
    flag = Flag.objects.get()
    assert (flag.value, flag.limit, flag.since) == (45, 60, at)


def test_who_completed_or_left_or_is_of_another_cohort_is_told_of_in_nothing(cohort):
    long_ago = days_ago(60)
    for state in (Enrolment.State.COMPLETED, Enrolment.State.LEFT):
        make_learner(cohort, created_at=long_ago, state=state)
    make_learner(make_cohort(path=cohort.path), created_at=long_ago)
    assert said(cohort) == {}


def test_a_unit_begun_anew_counts_from_then(cohort):
    unit, trainer = units_of(cohort.path)[0], UserFactory()
    row = make_learner(cohort, created_at=days_ago(30))
    at_work(row, unit, days=20)
    assert said(cohort)
    record.reset(row, unit, by=trainer)
    assert said(cohort) == {}


def test_failures_before_a_reset_count_no_more(cohort):
    row, unit = make_learner(cohort), units_of(cohort.path)[0]
    fails(row, unit)
    record.reset(row, unit, by=UserFactory())
    fails(row, unit)
    assert said(cohort) == {}


# -- Rules are the cohort's own -------------------------------------------------------------------


def test_rules_of_one_cohort_change_nothing_in_another(cohort):
    other = make_cohort(path=cohort.path)
    for each in (cohort, other):
        make_learner(each, created_at=days_ago(10))
    services.set_rules(cohort, {"inactive_days": 7}, by=UserFactory())
    services.compute(other)
    assert [flag.enrolment.cohort for flag in Flag.objects.all()] == [cohort]
    assert Flag.objects.get().limit == 7


def test_a_rule_put_off_says_nothing(cohort):
    make_learner(cohort, created_at=days_ago(60))
    services.set_rules(cohort, {"inactive": False}, by=UserFactory())
    assert said(cohort) == {}


# -- History --------------------------------------------------------------------------------------


def test_the_clock_twice_raises_once_and_says_when_it_looked(cohort):
    make_learner(cohort, created_at=days_ago(22))
    first = services.compute(cohort)
    again = services.compute(cohort)
    assert FlagEvent.objects.count() == 1 == Flag.objects.count()
    assert again.computed_at > first.computed_at


def test_what_is_true_no_longer_is_cleared_and_its_history_stays(cohort):
    row = make_learner(cohort, created_at=days_ago(22))
    services.compute(cohort)
    record.record(row, units_of(cohort.path)[0], uuid.uuid4(), Report(marked=True))
    services.compute(cohort)
    assert not Flag.objects.exists()
    assert list(FlagEvent.objects.values_list("act", flat=True)) == [
        FlagAct.RAISED,
        FlagAct.CLEARED,
    ]
    with pytest.raises(AppendOnly):
        FlagEvent.objects.first().delete()


def test_stuck_on_another_unit_is_another_flag(cohort):
    first, second, _third = units_of(cohort.path)
    row = make_learner(cohort, created_at=days_ago(60))
    at_work(row, first, days=40)
    services.compute(cohort, days_ago(20))
    UnitProgress.objects.filter(unit=first).update(completed_at=days_ago(18))
    at_work(row, second, days=18)
    services.compute(cohort)
    acts = FlagEvent.objects.filter(kind=FlagKind.STUCK).values_list("act", "unit")
    assert list(acts) == [
        (FlagAct.RAISED, first.pk),
        (FlagAct.CLEARED, first.pk),
        (FlagAct.RAISED, second.pk),
    ]


def test_whoever_leaves_the_cohort_is_cleared_by_the_clock(cohort):
    row = make_learner(cohort, created_at=days_ago(22))
    services.compute(cohort)
    Enrolment.objects.filter(pk=row.pk).update(cohort=None)
    services.compute_all()
    assert not Flag.objects.exists()


# -- Set aside ------------------------------------------------------------------------------------


def test_set_aside_comes_back_after_its_days_and_stays_aside_when_raised_again(cohort):
    unit = units_of(cohort.path)[0]
    row = make_learner(cohort, created_at=days_ago(30))
    services.compute(cohort)
    services.mute(Flag.objects.get(), days=30, reason="Congé", by=UserFactory())
    record.record(row, unit, uuid.uuid4(), Report(marked=True))
    services.compute(cohort)
    assert not Flag.objects.exists()
    services.compute(cohort, timezone.now() + 22 * DAY)
    assert Flag.objects.get(kind=FlagKind.INACTIVE).muted_until > timezone.now() + 29 * DAY


def test_shown_again_it_is_no_longer_aside_when_raised_anew(cohort):
    make_learner(cohort, created_at=days_ago(22))
    services.compute(cohort)
    trainer = UserFactory()
    services.mute(Flag.objects.get(), days=90, reason="Congé", by=trainer)
    services.unmute(Flag.objects.get(), by=trainer)
    services.set_rules(cohort, {"inactive_days": 20}, by=trainer)
    assert Flag.objects.get().muted_until is None


# -- Many -----------------------------------------------------------------------------------------


def many(cohort, number):
    from accounts.models import User

    users = User.objects.bulk_create(
        User(email=f"a{n}-{cohort.pk}@agents.example.org") for n in range(number)
    )
    unit, version = units_of(cohort.path)[0], cohort.path.version
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            path=cohort.path, user=user, version=version, cohort=cohort, due=3,
            created_at=days_ago(40), last_unit=unit, last_at=days_ago(30),
        )
        for user in users
    )  # fmt: skip
    UnitProgress.objects.bulk_create(
        UnitProgress(
            enrolment=row, unit=unit, started_at=days_ago(35), success=n % 2 == 0, score=0.3
        )
        for n, row in enumerate(rows)
    )


def test_a_thousand_people_told_of_ask_as_few_queries_as_ten(cohort, django_assert_max_num_queries):
    many(cohort, 10)
    other = make_cohort(path=cohort.path)
    many(other, 1000)
    services.compute_all()
    assert Flag.objects.filter(enrolment__cohort=other).count() == 2000
    for each in (cohort, other):
        with django_assert_max_num_queries(18):
            services.compute(each)
