"""A reminder leaves once for each rule and date, for whoever still has to do something."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification, NotificationPreference
from learning.enrolling.overrides import grant
from learning.enrolling.reminders import rules_of, send_reminders
from learning.enrolling.renewal import renew_those_due, valid_until
from learning.following.factories import make_cohort
from learning.models import (
    Enrolment,
    LearningPathPage,
    PathVersion,
    ReminderPlan,
    ReminderSent,
    UnitProgress,
)
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.paths.validity import add_months
from tests.learning.paths.test_dues import give_terms
from tests.learning.paths.test_record import say

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now(clock):
    return timezone.now()


@pytest.fixture
def path(now):
    return make_path()


def follows(path, now, *, due=None, last=1, since=60, **fields):
    row = make_enrolment(
        path, due_on=timezone.localdate(now) + due * DAY if due is not None else None, **fields
    )
    row.last_at, row.created_at = now - last * DAY, now - since * DAY
    row.save()
    return row


def kinds(row):
    rows = Notification.objects.filter(user=row.user).order_by("pk")
    return [kind.removeprefix("learning.path-") for kind in rows.values_list("kind", flat=True)]


def test_before_on_the_day_and_after_each_once(path, now):
    row = follows(path, now, due=7)
    for day in range(16):
        for hour in (0, 5):
            moment = now + day * DAY + dt.timedelta(hours=hour)
            Enrolment.objects.update(last_at=moment)
            send_reminders(moment)
    assert kinds(row) == ["before", "before", "after"]
    sent = ReminderSent.objects.values_list("kind", "days")
    assert list(sent) == [("before", 7), ("before", 0), ("after", 7)]


def test_who_is_through_or_left_is_reminded_of_nothing(path, now):
    rows = [follows(path, now, due=7, state=state) for state in ("completed", "left")]
    rows.append(follows(path, now, due=7, superseded=True, state="completed"))
    assert send_reminders(now) == 0 and not any(kinds(row) for row in rows)


def test_a_due_date_that_moves_is_reminded_anew(path, now):
    row = follows(path, now, due=7)
    send_reminders(now)
    row.due_on += DAY
    row.save(update_fields=["due_on"])
    assert (send_reminders(now), send_reminders(now + DAY)) == (0, 1)


def test_whoever_was_just_enrolled_is_not_reminded_of_a_nearer_date(path, now):
    follows(path, now, due=5, since=0)
    assert send_reminders(now) == 0


def test_a_clock_that_was_stopped_sends_the_nearest_reminder_alone(path, now):
    ReminderPlan.objects.create(first_before=7, second_before=2)
    row = follows(path, now, due=7)
    assert send_reminders(now + 6 * DAY) == 1
    assert list(ReminderSent.objects.values_list("days", flat=True)) == [2]
    assert kinds(row) == ["before"]


def test_inactivity_is_told_once_until_the_person_is_active_again(path, now):
    row = follows(path, now, last=21)
    assert (send_reminders(now), send_reminders(now + DAY)) == (1, 0)
    Enrolment.objects.filter(pk=row.pk).update(last_at=now + DAY)
    assert send_reminders(now + 22 * DAY) == 1
    assert kinds(row) == ["inactive", "inactive"]


def test_a_date_and_a_silence_of_the_same_week_make_one_reminder(path, now):
    row = follows(path, now, due=7, last=21)
    away = follows(path, now, last=21)
    for hours in range(0, 7 * 24, 4):
        send_reminders(now + dt.timedelta(hours=hours))
    assert set(kinds(row)) == {"before"} and kinds(away) == ["inactive"]


def test_the_rules_of_a_cohort_hold_in_place_of_those_for_all(path, now):
    cohort = make_cohort(path=path)
    ReminderPlan.objects.create(
        cohort=cohort, first_before=14, on_the_day=False, after=0, inactive=0, expiry=0
    )
    theirs, other = follows(path, now, due=14, cohort=cohort), follows(path, now, due=7)
    assert send_reminders(now) == 2
    assert send_reminders(now + 7 * DAY) == 1  # the due date of the other; not seven days before
    assert kinds(theirs) == ["before"] and kinds(other) == ["before", "before"]


def test_whoever_wants_none_gets_none(path, now):
    row = follows(path, now, due=7)
    NotificationPreference.objects.create(
        user=row.user, kind="learning.path-before", site=False, mail="never"
    )
    send_reminders(now)
    assert kinds(row) == []


# -- Renewal --------------------------------------------------------------------------------------


def completed(months=12, renewal_days=None):
    path = make_path({}, validity_months=months, renewal_days=renewal_days)
    row = make_enrolment(path, UserFactory())
    say(row, units_of(path)[0], marked=True)
    row.refresh_from_db()
    return row


def test_validity_runs_from_the_day_of_completion(now):
    row = completed()
    assert valid_until(row) == dt.date(2027, 9, 7)
    LearningPathPage.objects.update(validity_months=1)
    assert valid_until(Enrolment.objects.get(pk=row.pk)) == dt.date(2027, 9, 7)
    assert valid_until(completed(months=None)) is None
    assert add_months(dt.date(2028, 1, 31), 1) == dt.date(2028, 2, 29)
    assert add_months(dt.date(2026, 12, 15), 12) == dt.date(2027, 12, 15)


def test_the_end_of_validity_is_announced_once(now):
    row = completed()
    moment = now + (valid_until(row) - timezone.localdate(now)) - 60 * DAY
    assert (send_reminders(moment), send_reminders(moment + DAY)) == (1, 0)
    assert kinds(row) == ["expiry"]


def test_a_path_that_asks_for_it_begins_again_and_keeps_the_history(now):
    row = completed(renewal_days=30)
    day = valid_until(row) - 31 * DAY
    assert (renew_those_due(day), renew_those_due(day + DAY), renew_those_due(day + DAY)) == (
        0,
        1,
        0,
    )
    row.refresh_from_db()
    fresh = Enrolment.objects.get(user=row.user, superseded=False)
    assert (row.superseded, row.state, row.percent) == (True, "completed", 100)
    assert (fresh.round, fresh.done, fresh.due_on) == (2, 0, valid_until(row))
    assert kinds(row) == ["renewed"]


# -- Dates of single units ------------------------------------------------------------------------


@pytest.fixture
def dated_path(now):
    path = make_path()
    give_terms(path, 1, days=7)
    return path


def test_a_unit_with_a_date_is_reminded_before_and_after_by_its_name(dated_path, now):
    row = follows(dated_path, now, since=0)
    for day in range(16):
        Enrolment.objects.update(last_at=now + day * DAY)
        send_reminders(now + day * DAY)
    assert kinds(row) == ["before", "after"]
    told = Notification.objects.filter(user=row.user).order_by("pk")
    unit = units_of(dated_path)[1]
    assert ["Étape 2" in each.title for each in told] == [True, True]
    assert all(str(unit.uuid) in each.url for each in told)


def test_dates_of_units_are_looked_for_once_whatever_the_number_of_rules(dated_path, now):
    follows(dated_path, now, since=0)

    def looked_for():
        table = f'FROM "{PathVersion._meta.db_table}"'
        with CaptureQueriesContext(connection) as queries:
            send_reminders(now + 7 * DAY)
        return sum(table in each["sql"].split(" WHERE ")[0] for each in queries)

    alone = looked_for()
    for _plan in range(3):
        plan = ReminderPlan.objects.create(cohort=make_cohort(path=dated_path), on_the_day=True)
        assert len(rules_of(plan)) > 3
    assert looked_for() == alone > 0


def test_no_reminder_of_a_unit_once_it_is_done(dated_path, now):
    row = follows(dated_path, now, since=0)
    UnitProgress.objects.create(enrolment=row, unit=units_of(dated_path)[1], completed_at=now)
    assert send_reminders(now + 7 * DAY) == 0


def test_a_path_and_its_unit_due_the_same_day_make_one_reminder(dated_path, now):
    row = follows(dated_path, now, due=7, since=0)
    assert send_reminders(now + 7 * DAY) == 1
    told = Notification.objects.get(user=row.user)
    assert "Étape 2" not in told.title


def test_the_date_granted_to_one_person_is_the_one_reminded_of(dated_path, now):
    ReminderPlan.objects.create(after=0, inactive=0)
    rows = [follows(dated_path, now, since=0) for _person in range(2)]
    unit, later = units_of(dated_path)[1], timezone.localdate(now) + 20 * DAY
    grant(rows[0], by=UserFactory(), reason="Congé", unit=unit, due_on=later)
    assert (send_reminders(now + 7 * DAY), send_reminders(now + 20 * DAY)) == (1, 1)
    assert kinds(rows[0]) == ["before"] == kinds(rows[1])
