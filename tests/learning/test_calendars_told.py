"""Each person's calendar is told what concerns them, once, and nothing else."""

import datetime as dt

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from cms import tasks
from cms.models import OutboxMessage
from learning.factories import RegistrationFactory, SessionFactory
from learning.models import AppendOnly, CalendarTold
from learning.services.registrations import accept, cancel, expire_offers, register
from learning.services.sessions import Slot, announce_change, cancel_session, set_dates

from .calendar_mails import sent_to

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def enter(session, **kwargs):
    person = UserFactory()
    return register(session, person, by=person, **kwargs)


def methods(person):
    return [mail.method for mail in sent_to(person)]


def slots(session, shift=None):
    shift = shift or dt.timedelta()
    dates = session.dates.filter(cancelled_at=None)
    return [Slot(date.starts_at + shift, date.ends_at + shift) for date in dates]


def change(session, **fields):
    for name, value in fields.items():
        setattr(session, name, value)
    session.save()
    announce_change(session, by=None, told=["le lieu"])


def test_a_double_click_is_one_mail():
    row = enter(SessionFactory())
    register(row.session, row.user, by=row.user)
    assert methods(row.user) == ["REQUEST"]


def test_no_second_mail_says_the_same_thing():
    row = enter(SessionFactory())
    cancel(row, by=row.user)
    tasks.run_all()
    assert len([m for m in django_mail.outbox if m.to == [row.user.email]]) == 2
    kinds = Notification.objects.filter(user=row.user).values_list("kind", "mail")
    assert set(kinds) == {("learning.confirmed", "never"), ("learning.cancelled", "never")}


def test_whoever_waits_or_is_offered_a_place_has_nothing_in_their_calendar():
    session = SessionFactory(capacity=1)
    held, waiting = enter(session), enter(session)
    [mail] = sent_to(waiting.user)
    assert mail.part is None and "rang 1" in mail.sent.body
    cancel(held, by=held.user)
    [mail] = sent_to(waiting.user)
    assert mail.part is None and "réservée jusqu’au" in mail.sent.body
    accept(waiting, by=waiting.user)
    assert methods(waiting.user) == ["REQUEST"]


def test_an_offer_that_runs_out_touches_no_calendar():
    session = SessionFactory(capacity=1)
    held, first = enter(session), enter(session)
    cancel(held, by=held.user)
    expire_offers(timezone.now() + 49 * dt.timedelta(hours=1))
    assert CalendarTold.objects.filter(registration=first).count() == 0


def test_another_place_is_told_for_all_the_dates():
    session = SessionFactory(days=3)
    row = enter(session)
    sent_to(row.user)
    change(session, venue="Médiathèque")
    mails = sent_to(row.user)
    assert [mail.method for mail in mails] == ["REQUEST"] * 3
    assert all("Médiathèque" in mail.event.location.value for mail in mails)
    assert len({mail.sent.subject for mail in mails}) == 3


def test_only_the_date_that_moved_is_told():
    session = SessionFactory(days=2)
    row = enter(session)
    sent_to(row.user)
    first, second = slots(session)
    set_dates(session, [first, Slot(second.starts_at + DAY, second.ends_at + DAY)])
    announce_change(session, by=None, told=["les dates"])
    [mail] = sent_to(row.user)
    assert mail.uid == str(session.dates.order_by("starts_at").last().uuid)
    assert mail.sequence == 1


def test_a_date_taken_off_is_taken_out_of_calendars_and_a_new_one_put_in():
    session = SessionFactory(days=2)
    row = enter(session)
    before = [mail.uid for mail in sent_to(row.user)]
    kept = slots(session)
    set_dates(session, kept[:1])
    announce_change(session, by=None, told=["les dates"])
    [mail] = sent_to(row.user)
    assert (mail.method, mail.uid) == ("CANCEL", before[1])
    set_dates(session, kept)
    announce_change(session, by=None, told=["les dates"])
    [mail] = sent_to(row.user)
    assert mail.method == "REQUEST" and mail.uid not in before


def test_the_remote_room_is_told_to_whoever_takes_part_remotely_alone():
    session = SessionFactory(mode="hybrid", meeting_url="https://visio.example.org/a")
    near, far = enter(session), enter(session, remote=True)
    sent_to(near.user), sent_to(far.user)
    change(session, meeting_url="https://visio.example.org/b")
    [mail] = sent_to(far.user)
    assert mail.event.location.value == "https://visio.example.org/b"
    [mail] = sent_to(near.user)
    assert mail.part is None


def test_a_change_that_no_calendar_shows_sends_no_part():
    session = SessionFactory()
    row = enter(session)
    sent_to(row.user)
    change(session, costs="Repas à votre charge")
    [mail] = sent_to(row.user)
    assert mail.part is None and "Changement" in mail.sent.subject


def test_a_change_announced_to_nobody_still_reaches_the_calendars_concerned():
    session = SessionFactory(capacity=1)
    row, waiting = enter(session), enter(session)
    sent_to(row.user), sent_to(waiting.user)
    set_dates(session, slots(session, DAY))
    announce_change(session, by=None, told=[])
    assert methods(row.user) == ["REQUEST"]
    assert sent_to(waiting.user) == []


def test_who_waits_is_told_a_change_without_a_calendar_part():
    session = SessionFactory(capacity=1)
    enter(session)
    waiting = enter(session)
    sent_to(waiting.user)
    change(session, venue="Médiathèque")
    [mail] = sent_to(waiting.user)
    assert mail.part is None and "Médiathèque" in mail.sent.body


def test_a_cancelled_session_is_taken_out_of_the_calendars_that_hold_it():
    session = SessionFactory(capacity=1, days=2)
    row, waiting = enter(session), enter(session)
    sent_to(row.user), sent_to(waiting.user)
    cancel_session(session, by=row.user, reason="Trop peu d’inscrits")
    mails = sent_to(row.user)
    assert [(mail.method, mail.sequence) for mail in mails] == [("CANCEL", 1)] * 2
    assert all("Trop peu d’inscrits" in mail.sent.body for mail in mails)
    [mail] = sent_to(waiting.user)
    assert mail.part is None


def test_whoever_withdraws_is_told_what_they_were_sent_and_only_that():
    session = SessionFactory(days=2)
    row, other = enter(session), enter(session)
    sent_to(row.user), sent_to(other.user)
    set_dates(session, slots(session)[:1])
    announce_change(session, by=None, told=["les dates"])
    sent_to(row.user), sent_to(other.user)
    cancel(row, by=row.user)
    [mail] = sent_to(row.user)
    assert mail.method == "CANCEL" and mail.uid == str(session.dates.get(cancelled_at=None).uuid)
    assert sent_to(other.user) == []


def test_whoever_comes_back_is_told_more_than_their_cancel():
    session = SessionFactory()
    row = enter(session)
    cancel(row, by=row.user)
    session.refresh_from_db()
    register(session, row.user, by=row.user)
    cancel(row, by=row.user)
    sequences = [mail.sequence for mail in sent_to(row.user)]
    assert sequences == [0, 1, 2, 3]


def test_a_date_that_is_past_is_told_no_more(clock):
    session = SessionFactory(starts_in=-DAY, days=4, state="open")
    row = RegistrationFactory(session=session)
    change(session, venue="Médiathèque")
    told = CalendarTold.objects.filter(registration=row)
    assert all(each.date.ends_at > timezone.now() for each in told) and told.count() == 3


def test_rolled_back_nothing_was_told():
    from django.db import transaction

    session, person = SessionFactory(), UserFactory()
    with pytest.raises(RuntimeError), transaction.atomic():
        register(session, person, by=person)
        raise RuntimeError
    assert not OutboxMessage.objects.exists() and not CalendarTold.objects.exists()


def test_what_was_told_is_not_rewritten():
    enter(SessionFactory())
    told = CalendarTold.objects.get()
    with pytest.raises(AppendOnly):
        told.save()


def test_the_reader_of_english_is_written_to_in_english():
    person = UserFactory(language="en")
    register(SessionFactory(), person, by=person)
    [mail] = sent_to(person)
    assert mail.sent.subject.startswith("Registration confirmed")
    assert "read by nobody" in mail.event.description.value


def test_the_mail_says_that_answers_are_not_processed():
    row = enter(SessionFactory())
    [mail] = sent_to(row.user)
    assert "Les réponses à l’invitation ne sont pas traitées" in mail.sent.body


def test_a_closed_account_is_told_nothing():
    row = enter(SessionFactory())
    sent_to(row.user)
    row.user.is_active = False
    row.user.save()
    change(row.session, venue="Médiathèque")
    assert sent_to(row.user) == []


def test_what_a_calendar_is_told_ends_with_the_mail(clock):
    from cms import mail

    enter(SessionFactory())
    tasks.run_all()
    assert OutboxMessage.objects.get().calendar_method == "REQUEST"
    clock.shift(91 * 86400)
    mail.purge()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("people", [5, 60])
def test_a_change_asks_the_database_no_more_for_many_than_for_few(
    people, django_assert_max_num_queries
):
    session = SessionFactory(capacity=100)
    users = UserFactory.create_batch(people)
    for user in users:
        RegistrationFactory(session=session, user=user)
    # One row of task for each mail; all else is constant.
    with django_assert_max_num_queries(45 + people):
        change(session, venue="Médiathèque")
    assert OutboxMessage.objects.count() == people
