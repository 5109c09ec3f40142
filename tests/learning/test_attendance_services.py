"""Attendance: what may be recorded, when, by whom; what holds follows from what happened."""

import datetime as dt
import uuid
from contextlib import nullcontext

import pytest

from accounts.factories import UserFactory
from learning.attendance.queries import half_days_of, missing
from learning.attendance.services import (
    CannotCountersign,
    CannotRecord,
    countersign,
    record,
    tally,
)
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import AttendanceWay as Way
from learning.kinds import Outcome, RegistrationState, SessionState
from learning.models import Attendance, AttendanceEvent, Session
from learning.services.sessions import CannotChange, Slot, set_dates
from learning.signals import attendance_corrected
from maisons.factories import CommuneFactory

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainer=trainer)


@pytest.fixture
def row(session):
    return RegistrationFactory(session=session)


@pytest.fixture
def morning(session):
    return half_days_of(session)[0]


def during(half_day, minutes=10):
    return half_day.starts_at + minutes * MINUTE


def signs(row, half_day, now=None, **more):
    """The person scans the code at the door."""
    more = {"present": True, "way": Way.DOOR, "by": row.user, "now": now or during(half_day)} | more
    return record(half_day, row, **more)


def enters(trainer, row, half_day, present, now=None, **more):
    """The trainer taps a name."""
    now = now or during(half_day)
    return record(half_day, row, present=present, way=Way.TRAINER, by=trainer, now=now, **more)


def close(session):
    Session.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)


def holds(row):
    return [(a.present, a.way) for a in Attendance.objects.filter(registration=row)]


# -- Recording ------------------------------------------------------------------------------------


def test_a_signature_is_kept_with_how_it_came(row, morning):
    event = signs(row, morning)
    assert (event.before, event.present, event.by) == (None, True, row.user)
    assert holds(row) == [(True, Way.DOOR)]


def test_the_same_event_sent_again_counts_once(row, morning, trainer):
    sent = uuid.uuid4()
    first = enters(trainer, row, morning, False, event_id=sent)
    again = enters(trainer, row, morning, True, event_id=sent)
    assert first == again and AttendanceEvent.objects.count() == 1
    assert holds(row) == [(False, Way.TRAINER)]


def test_an_event_serves_one_person_alone(row, morning, session):
    sent = uuid.uuid4()
    signs(row, morning, event_id=sent)
    other = RegistrationFactory(session=session)
    with pytest.raises(CannotRecord):
        signs(other, morning, event_id=sent)
    assert holds(other) == []


def test_signing_twice_adds_nothing(row, morning):
    assert signs(row, morning) == signs(row, morning)
    assert AttendanceEvent.objects.count() == 1


def test_the_later_entry_holds_whichever_arrives_first(row, morning, trainer):
    enters(trainer, row, morning, True, now=during(morning, 20))
    late = enters(trainer, row, morning, False, now=during(morning, 40), at=during(morning, 10))
    assert late.pk and holds(row) == [(True, Way.TRAINER)]
    assert AttendanceEvent.objects.count() == 2


def test_a_clock_that_runs_ahead_wins_nothing(row, morning, trainer):
    ahead = enters(
        trainer, row, morning, True, now=during(morning), at=during(morning) + dt.timedelta(days=9)
    )
    assert ahead.at == during(morning)
    enters(trainer, row, morning, False, now=during(morning, 11))
    assert holds(row) == [(False, Way.TRAINER)]


def test_the_persons_own_signature_says_how_it_was_established(row, morning, trainer):
    enters(trainer, row, morning, True)
    signs(row, morning, now=during(morning, 12))
    enters(trainer, row, morning, True, now=during(morning, 14))
    assert holds(row) == [(True, Way.DOOR)]


def test_what_was_entered_can_be_taken_back(row, morning, trainer):
    enters(trainer, row, morning, True)
    event = enters(trainer, row, morning, None, now=during(morning, 11))
    assert (event.before, event.present) == (True, None)
    assert holds(row) == []


# -- Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED])
def test_a_draft_and_a_cancelled_session_take_nothing(row, morning, state, trainer):
    Session.objects.update(state=state)
    with pytest.raises(CannotRecord):
        enters(trainer, row, morning, True)


def test_a_half_day_of_another_session_is_refused(row):
    other = half_days_of(SessionFactory())[0]
    with pytest.raises(CannotRecord):
        signs(row, other)


@pytest.mark.parametrize(
    "state", [s for s in RegistrationState if s != RegistrationState.CONFIRMED]
)
def test_only_a_confirmed_registration_signs(session, morning, state):
    with pytest.raises(CannotRecord):
        signs(RegistrationFactory(session=session, state=state), morning)


@pytest.mark.parametrize(
    ("way", "minutes", "allowed"),
    [
        (Way.DOOR, -46, False),
        (Way.DOOR, -45, True),
        (Way.LINK, -46, False),
        (Way.TRAINER, -46, False),
        (Way.TRAINER, -45, True),
        (Way.LINK, 240 + 30, True),
        (Way.LINK, 240 + 31, False),
        (Way.DOOR, 240 + 40, True),  # scanned in time, confirmed within the ten minutes of a claim
        (Way.DOOR, 240 + 41, False),
        (Way.TRAINER, 3 * 24 * 60, True),
    ],
)
def test_the_window(row, morning, way, minutes, allowed):
    assert morning.ends_at - morning.starts_at == 240 * MINUTE
    now = during(morning, minutes)
    with nullcontext() if allowed else pytest.raises(CannotRecord):
        record(morning, row, present=True, way=way, by=row.user, now=now)
    assert bool(holds(row)) == allowed


@pytest.mark.parametrize(
    ("zone", "day", "opens"),
    [
        ("Europe/Paris", dt.date(2027, 3, 28), "2027-03-28T06:15+00:00"),  # clocks changed at 02:00
        ("Europe/Paris", dt.date(2027, 10, 31), "2027-10-31T07:15+00:00"),
        ("Indian/Reunion", dt.date(2027, 3, 28), "2027-03-28T04:15+00:00"),
    ],
)
def test_the_window_follows_the_clock_of_the_place(zone, day, opens, trainer):
    commune = CommuneFactory(department__time_zone=zone)
    session = SessionFactory(commune=commune)
    nine = dt.datetime.combine(day, dt.time(9), session.zone)
    set_dates(session, [Slot(nine, nine.replace(hour=17))])
    row, half_day = RegistrationFactory(session=session), half_days_of(session)[0]
    opens = dt.datetime.fromisoformat(opens)
    with pytest.raises(CannotRecord, match="08:15"):
        signs(row, half_day, now=opens - MINUTE)
    assert signs(row, half_day, now=opens).pk


def test_a_window_that_spans_the_change_of_clock_lasts_its_real_time():
    session = SessionFactory()
    start = dt.datetime(2027, 10, 31, 1, 30, tzinfo=session.zone)  # 23:30 UTC; 03:00 comes twice
    set_dates(session, [Slot(start, dt.datetime(2027, 10, 31, 4, 0, tzinfo=session.zone))])
    row, half_day = RegistrationFactory(session=session), half_days_of(session)[0]
    last = dt.datetime(2027, 10, 31, 3, 30, tzinfo=dt.UTC)
    with pytest.raises(CannotRecord):
        record(half_day, row, present=True, way=Way.LINK, by=row.user, now=last + MINUTE)
    assert record(half_day, row, present=True, way=Way.LINK, by=row.user, now=last).pk


# -- After closing --------------------------------------------------------------------------------


def test_after_closing_only_a_correction_with_a_reason(row, morning, trainer, session):
    enters(trainer, row, morning, True)
    close(session)
    for refused in (
        lambda: signs(row, morning),
        lambda: enters(trainer, row, morning, False),
        lambda: enters(trainer, row, morning, None, reason="Erreur"),
    ):
        with pytest.raises(CannotRecord):
            refused()
    assert enters(trainer, row, morning, False, now=during(morning, 20), reason="Confusion").reason
    assert holds(row) == [(False, Way.TRAINER)]


def test_a_correction_after_closing_is_told(row, morning, trainer, session):
    told = []

    def hears(sender, **what):
        told.append((what["registration"].outcome, what["event"].present, what["reason"]))

    attendance_corrected.connect(hears)
    try:
        enters(trainer, row, morning, True)
        close(session)
        enters(trainer, row, morning, True, now=during(morning, 15), reason="Sans effet")
        assert told == []
        enters(trainer, row, morning, False, now=during(morning, 20), reason="Confusion")
    finally:
        attendance_corrected.disconnect(hears)
    assert told == [(Outcome.ABSENT, False, "Confusion")]


def test_a_receiver_that_fails_undoes_the_correction(row, morning, trainer, session):
    def fails(sender, **what):
        raise RuntimeError

    enters(trainer, row, morning, True)
    close(session)
    attendance_corrected.connect(fails)
    try:
        with pytest.raises(RuntimeError):
            enters(trainer, row, morning, False, now=during(morning, 20), reason="Confusion")
    finally:
        attendance_corrected.disconnect(fails)
    assert holds(row) == [(True, Way.TRAINER)] and AttendanceEvent.objects.count() == 1


# -- Countersigning -------------------------------------------------------------------------------


def test_a_half_day_is_countersigned_once_everything_is_known(row, morning, trainer, session):
    absent = RegistrationFactory(session=session)
    signs(row, morning)
    with pytest.raises(CannotCountersign) as refused:
        countersign(morning, trainer, now=during(morning, 200))
    assert refused.value.missing == [absent]
    enters(trainer, absent, morning, False)
    first = countersign(morning, trainer, now=during(morning, 200))
    assert countersign(morning, trainer, now=during(morning, 201)) == first


def test_it_is_not_countersigned_before_it_starts(row, morning, trainer):
    signs(row, morning, now=during(morning, -10))
    with pytest.raises(CannotCountersign):
        countersign(morning, trainer, now=during(morning, -1))


def test_a_correction_asks_for_the_countersignature_again_and_keeps_the_first(
    row, morning, trainer
):
    enters(trainer, row, morning, True)
    first = countersign(morning, trainer, now=during(morning, 200))
    same = enters(trainer, row, morning, True, now=during(morning, 205))
    assert same.pk and morning.countersignatures.standing().get() == first
    correction = enters(trainer, row, morning, False, now=during(morning, 210))
    first.refresh_from_db()
    assert (first.undone_at, first.undone_by) == (during(morning, 210), correction)
    again = countersign(morning, trainer, now=during(morning, 220))
    assert list(morning.countersignatures.all()) == [first, again]


def test_nobody_signs_after_the_trainer(row, morning, trainer):
    enters(trainer, row, morning, False)
    countersign(morning, trainer, now=during(morning, 200))
    with pytest.raises(CannotRecord):
        signs(row, morning, now=during(morning, 201))


def test_what_is_missing_is_listed(row, morning, trainer, session):
    assert missing(session, now=during(morning, -5)) == []
    [lack] = missing(session, now=during(morning))
    assert (lack.half_day, lack.unknown, lack.countersigned) == (morning, [row], False)
    signs(row, morning)
    [lack] = missing(session, now=during(morning))
    assert lack.unknown == [] and not lack.countersigned
    countersign(morning, trainer, now=during(morning))
    assert missing(session, now=during(morning)) == []


# -- Results --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "result"),
    [
        ([True, True], (2, 2, Outcome.ATTENDED)),
        ([True, False], (2, 1, Outcome.PARTLY)),
        ([False, False], (2, 0, Outcome.ABSENT)),
        ([True], (2, 1, "")),  # the afternoon is not known yet
    ],
)
def test_what_came_of_a_registration(row, session, trainer, entered, result):
    for half_day, present in zip(half_days_of(session), entered, strict=False):
        enters(trainer, row, half_day, present)
    row.refresh_from_db()
    assert (row.half_days_due, row.half_days_present, row.outcome) == result


def test_once_closed_what_is_not_known_counts_as_not_attended(row, morning, trainer, session):
    enters(trainer, row, morning, True)
    nowhere = RegistrationFactory(session=session)
    cancelled = RegistrationFactory(session=session, state=RegistrationState.CANCELLED)
    close(session)
    tally(session)
    outcomes = []
    for each in (row, nowhere, cancelled):
        each.refresh_from_db()
        outcomes.append((each.half_days_due, each.outcome))
    assert outcomes == [(2, Outcome.PARTLY), (2, Outcome.ABSENT), (0, "")]


def test_a_correction_changes_the_result(row, morning, trainer, session):
    close(session)
    for half_day in half_days_of(session):
        enters(trainer, row, half_day, True, reason="Feuille retrouvée")
    row.refresh_from_db()
    assert row.outcome == Outcome.ATTENDED


# -- Dates ----------------------------------------------------------------------------------------


def test_a_half_day_that_was_signed_for_no_longer_moves(row, morning, session):
    signs(row, morning)
    date = session.dates.get()
    hour = dt.timedelta(hours=1)
    for slots in (
        [],
        [Slot(date.starts_at + hour, date.ends_at)],
        [Slot(date.starts_at + 5 * hour, date.ends_at)],
    ):
        with pytest.raises(CannotChange, match=r"matin|morning"):
            set_dates(session, slots)
    date.refresh_from_db()
    assert date.starts_at == morning.starts_at and date.half_days.count() == 2


def test_what_was_not_signed_for_still_moves(row, morning, session):
    signs(row, morning)
    date = session.dates.get()
    later = Slot(date.starts_at + dt.timedelta(days=3), date.ends_at + dt.timedelta(days=3))
    ends_later = Slot(date.starts_at, date.ends_at + dt.timedelta(hours=1))
    assert set_dates(session, [ends_later, later])
    assert session.dates.count() == 2
