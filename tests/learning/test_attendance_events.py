"""Whatever happens, in whatever order: attendance and results say what the events say."""

import datetime as dt
import uuid
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from learning.attendance.queries import half_days_of
from learning.attendance.services import (
    BY_ONESELF,
    CannotCountersign,
    CannotRecord,
    countersign,
    rebuild,
    record,
    tally,
)
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import AttendanceWay as Way
from learning.kinds import SessionState
from learning.models import Attendance, AttendanceEvent, Registration, Session

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)

entries = st.builds(
    dict,
    person=st.integers(0, 1),
    half_day=st.integers(0, 1),
    present=st.sampled_from([True, False, None]),
    way=st.sampled_from([Way.DOOR, Way.LINK, Way.TRAINER, Way.TRAINER]),
    entered=st.integers(-60, 300),  # minutes from the start, by the device
    arrives=st.integers(-60, 300),
    event_id=st.sampled_from([None, None, uuid.UUID(int=1), uuid.UUID(int=2)]),
    reason=st.sampled_from(["", "Motif"]),
)
acts = st.one_of(
    entries, entries, entries, st.just("countersign"), st.just("close"), st.just("tally")
)


def expected(events):
    """What a reader of the trace would say, written otherwise than the code that it checks."""
    last, how = None, None
    for event in sorted(events, key=lambda e: (e.at, e.pk)):
        if event.present is None:
            last, how = None, None
        elif event.present != last:
            last, how = event.present, event.way
        elif event.way in BY_ONESELF and how not in BY_ONESELF:
            how = event.way
    return None if last is None else (last, how)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(acts, min_size=1, max_size=12))
def test_attendance_always_says_what_the_events_say(sequence):
    with transaction.atomic():
        trainer = UserFactory()
        session = SessionFactory(trainer=trainer)
        rows = RegistrationFactory.create_batch(2, session=session)
        half_days = half_days_of(session)
        for act in sequence:
            perform(act, session, rows, half_days, trainer)
        check(session, rows, half_days)
        transaction.set_rollback(True)


def perform(act, session, rows, half_days, trainer):
    if act == "close":
        Session.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
        tally(session)
    elif act == "tally":
        tally(session)
    elif act == "countersign":
        with suppress(CannotCountersign):
            countersign(half_days[0], trainer, now=half_days[0].ends_at)
    else:
        half_day, row = half_days[act["half_day"]], rows[act["person"]]
        with suppress(CannotRecord):
            record(
                half_day,
                row,
                present=act["present"],
                way=act["way"],
                by=row.user if act["way"] in BY_ONESELF else trainer,
                at=half_day.starts_at + act["entered"] * MINUTE,
                now=half_day.starts_at + act["arrives"] * MINUTE,
                event_id=act["event_id"],
                reason=act["reason"],
            )


def check(session, rows, half_days):
    there = dict.fromkeys((row.pk for row in rows), 0)
    for row in rows:
        for half_day in half_days:
            events = AttendanceEvent.objects.filter(registration=row, half_day=half_day)
            held = Attendance.objects.filter(registration=row, half_day=half_day).first()
            assert (held and (held.present, held.way)) == expected(events)
            there[row.pk] += bool(held and held.present)
    said = {
        row.pk: (row.half_days_present, row.outcome)
        for row in Registration.objects.filter(session=session)
    }
    assert {pk: present for pk, (present, _outcome) in said.items()} == there
    assert rebuild(session) == 0
    again = {
        row.pk: (row.half_days_present, row.outcome)
        for row in Registration.objects.filter(session=session)
    }
    assert again == said


def test_rebuilding_mends_what_was_broken():
    trainer = UserFactory()
    session = SessionFactory(trainer=trainer)
    rows = RegistrationFactory.create_batch(2, session=session)
    half_days = half_days_of(session)
    for row in rows:
        for half_day in half_days:
            now = half_day.starts_at
            record(half_day, row, present=True, way=Way.TRAINER, by=trainer, now=now)
    Attendance.objects.filter(registration=rows[0], half_day=half_days[0]).update(present=False)
    Attendance.objects.filter(registration=rows[1], half_day=half_days[1]).delete()
    Registration.objects.update(outcome="absent", half_days_present=9)
    assert rebuild(session) == 2
    said = set(Registration.objects.values_list("half_days_due", "half_days_present", "outcome"))
    assert said == {(2, 2, "attended")} and rebuild(session) == 0
