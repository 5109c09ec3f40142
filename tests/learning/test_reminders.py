"""Reminders leave by the clock, once; the mail after a session when it is closed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from accounts.factories import UserFactory
from accounts.models import Notification
from accounts.notify import choose
from cms import jobs, tasks
from cms.models import OutboxMessage
from learning.factories import RegistrationFactory, SessionFactory
from learning.messages.reminders import send_reminders
from learning.models import TrainingMessageSettings
from learning.services.registrations import cancel, register
from learning.services.sessions import Slot, announce_change, cancel_session, set_dates
from learning.signals import session_closed
from maisons.factories import CommuneFactory, DepartmentFactory

from .calendar_mails import sent_to

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def at(zone, *moment):
    return dt.datetime(*moment, tzinfo=zone)


@pytest.fixture
def planned(clock):
    """A session on 12 January 2027 at nine, to which somebody registered in good time."""
    clock.move_to(at(PARIS, 2026, 12, 1, 10))
    return plan(at(PARIS, 2027, 1, 12, 9))


def plan(*starts, commune=None):
    session = SessionFactory(**({"commune": commune} if commune else {}))
    set_dates(session, [Slot(start, start + 8 * HOUR) for start in starts])
    session.refresh_from_db()
    person = UserFactory()
    row = register(session, person, by=person)
    sent_to(person)
    return row


def subjects(row):
    return [mail.sent.subject for mail in sent_to(row.user)]


def test_seven_days_and_one_day_before_once_each(planned, clock):
    for moment, number in (
        (at(PARIS, 2027, 1, 5, 8, 55), 0),
        (at(PARIS, 2027, 1, 5, 9, 5), 1),
        (at(PARIS, 2027, 1, 6, 9), 0),
        (at(PARIS, 2027, 1, 11, 8, 55), 0),
        (at(PARIS, 2027, 1, 11, 9), 1),
        (at(PARIS, 2027, 1, 11, 20), 0),
        (at(PARIS, 2027, 1, 12, 9, 1), 0),
    ):
        clock.move_to(moment)
        assert send_reminders() == number
        assert send_reminders() == 0


def test_it_says_when_and_where_and_is_no_invitation(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 11, 9, 1))
    send_reminders()
    [mail] = sent_to(planned.user)
    assert mail.sent.subject.startswith("Demain") and mail.part is None
    assert "12 janvier 2027, 09:00 – 17:00" in mail.sent.body
    assert Notification.objects.filter(user=planned.user, kind="learning.reminder").count() == 1


def test_the_clock_runs_it(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 11, 9, 1))
    assert "learning.reminders" in jobs.tick()
    assert len(subjects(planned)) == 1


def test_whoever_registered_less_than_a_day_before_it_falls_due_has_none(clock):
    clock.move_to(at(PARIS, 2027, 1, 10, 12))
    row = plan(at(PARIS, 2027, 1, 12, 9))
    clock.move_to(at(PARIS, 2027, 1, 11, 9, 30))
    assert send_reminders() == 0 and subjects(row) == []


def test_after_an_outage_the_nearest_one_leaves_alone(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 11, 18))
    send_reminders()
    [subject] = subjects(planned)
    assert subject.startswith("Demain")


def test_a_late_reminder_says_the_days_that_are_left(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 9, 18))
    send_reminders()
    [subject] = subjects(planned)
    assert subject.startswith("Dans 3 jours")


def test_on_the_day_itself_it_says_today(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 12, 7))
    send_reminders()
    [subject] = subjects(planned)
    assert subject.startswith("Aujourd’hui")


def test_a_date_that_moved_is_reminded_again_at_its_new_hour(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 5, 9))
    assert send_reminders() == 1
    later = at(PARIS, 2027, 1, 20, 9)
    set_dates(planned.session, [Slot(later, later + 8 * HOUR)])
    announce_change(planned.session, by=None, told=["les dates"])
    assert send_reminders() == 0
    clock.move_to(at(PARIS, 2027, 1, 13, 9))
    assert send_reminders() == 1


def test_moved_nearer_the_change_is_told_and_not_reminded(planned, clock):
    clock.move_to(at(PARIS, 2027, 1, 2, 9))
    nearer = at(PARIS, 2027, 1, 6, 9)
    set_dates(planned.session, [Slot(nearer, nearer + 8 * HOUR)])
    announce_change(planned.session, by=None, told=["les dates"])
    clock.shift(3600)
    assert send_reminders() == 0


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Miquelon"])
def test_across_the_change_to_summer_it_keeps_the_hour_of_the_place(clock, zone):
    place = ZoneInfo(zone)
    department = DepartmentFactory(code="975" if "Mi" in zone else "19", time_zone=zone)
    commune = CommuneFactory(code=f"{department.code}02"[:5].ljust(5, "0"), department=department)
    change = at(place, 2027, 3, 28 if zone == "Europe/Paris" else 14, 12)
    clock.move_to(change - 40 * DAY)
    start = (change + DAY).replace(hour=9)
    plan(start, commune=commune)
    before = start.replace(tzinfo=None) - 7 * DAY
    due = before.replace(tzinfo=place)
    assert due.utcoffset() != start.utcoffset()
    clock.move_to(due - dt.timedelta(minutes=1))
    assert send_reminders() == 0
    clock.move_to(due)
    assert send_reminders() == 1


def test_days_that_follow_each_other_are_reminded_of_together(clock):
    clock.move_to(at(PARIS, 2026, 12, 1, 10))
    row = plan(at(PARIS, 2027, 1, 12, 9), at(PARIS, 2027, 1, 13, 9), at(PARIS, 2027, 2, 2, 9))
    for day in range(40):
        clock.move_to(at(PARIS, 2027, 1, 1, 9, 5) + day * DAY)
        send_reminders()
    assert len(subjects(row)) == 4  # twice for the first two days, twice for February


def test_neither_who_waits_nor_who_left_nor_a_session_called_off(planned, clock):
    RegistrationFactory(session=planned.session, state="waiting")
    other = plan(at(PARIS, 2027, 1, 12, 9))
    cancel(planned, by=planned.user)
    cancel_session(other.session, by=None, reason="x")
    clock.move_to(at(PARIS, 2027, 1, 11, 10))
    assert send_reminders() == 0


def test_whoever_wants_no_reminder_has_none(planned, clock):
    choose(planned.user, "learning.reminder", site=False, mail="never")
    clock.move_to(at(PARIS, 2027, 1, 11, 10))
    assert send_reminders() == 0


def test_the_team_sets_the_days(planned, clock):
    held = TrainingMessageSettings.load()
    held.first_reminder, held.second_reminder = 3, 0
    held.save()
    for day, number in ((5, 0), (9, 1), (11, 0)):
        clock.move_to(at(PARIS, 2027, 1, day, 9))
        assert send_reminders() == number
    held.first_reminder = 0
    held.save()
    assert TrainingMessageSettings.load().days == []


@pytest.mark.parametrize("number", [2, 40])
def test_reminding_asks_the_same_of_the_database_for_many(
    planned, clock, number, django_assert_max_num_queries
):
    for user in UserFactory.create_batch(number):
        RegistrationFactory(session=planned.session, user=user)
    clock.move_to(at(PARIS, 2027, 1, 11, 10))
    with django_assert_max_num_queries(22 + number + 1):
        assert send_reminders() == number + 1


# -- After ----------------------------------------------------------------------------------------


def close(session):
    session_closed.send(sender=type(session), session=session, by=None)


def test_after_the_session_whoever_came_is_thanked_once():
    session = SessionFactory(starts_in=-3 * DAY, state="closed")
    came = RegistrationFactory(session=session, outcome="attended")
    partly = RegistrationFactory(session=session, outcome="partly")
    absent = RegistrationFactory(session=session, outcome="absent")
    left = RegistrationFactory(session=session, state="cancelled")
    close(session)
    close(session)
    for row, number in ((came, 1), (partly, 1), (absent, 0), (left, 0)):
        mails = [mail for mail in sent_to(row.user) if mail.sent.subject.startswith("Merci")]
        assert len(mails) == number
        assert all("/espace-pro/formations/" in mail.sent.body for mail in mails)


def test_a_closing_that_fails_thanks_nobody():
    from django.db import transaction

    session = SessionFactory(starts_in=-3 * DAY, state="closed")
    RegistrationFactory(session=session, outcome="attended")
    with pytest.raises(RuntimeError), transaction.atomic():
        close(session)
        raise RuntimeError
    tasks.run_all()
    assert not OutboxMessage.objects.exists()


def test_whoever_wants_no_thanks_has_none():
    session = SessionFactory(starts_in=-3 * DAY, state="closed")
    row = RegistrationFactory(session=session, outcome="attended")
    choose(row.user, "learning.after", site=False, mail="never")
    close(session)
    assert not OutboxMessage.objects.filter(key__startswith="after:").exists()
