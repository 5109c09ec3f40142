"""Attendance that arrives together, with real threads: nothing is lost, nothing counts twice."""

import datetime as dt
import uuid

import pytest

from accounts.factories import UserFactory
from learning.attendance.queries import half_days_of
from learning.attendance.services import CannotCountersign, countersign, rebuild, record
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import AttendanceWay as Way
from learning.models import Attendance, AttendanceEvent, Countersignature

from .test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def session(trainer):
    return SessionFactory(trainer=trainer)


def at(half_day, minutes):
    return half_day.starts_at + minutes * MINUTE


def test_two_devices_record_everybody_at_once(session, trainer):
    half_day = half_days_of(session)[0]
    rows = RegistrationFactory.create_batch(8, session=session)

    def tap(row, present, minutes):
        return lambda: record(
            half_day,
            row,
            present=present,
            way=Way.TRAINER,
            by=trainer,
            at=at(half_day, minutes),
            now=at(half_day, 30),
        )

    calls = [tap(row, True, 20) for row in rows] + [tap(row, False, 10) for row in rows]
    assert not together(*calls)
    assert AttendanceEvent.objects.count() == 16
    assert set(Attendance.objects.values_list("present", flat=True)) == {True}
    assert Attendance.objects.count() == 8 and rebuild(session) == 0


def test_a_double_scan_and_a_batch_sent_twice_count_once(session, trainer):
    half_day = half_days_of(session)[0]
    row, other = RegistrationFactory.create_batch(2, session=session)
    sent = uuid.uuid4()
    now = at(half_day, 10)

    def scan():
        record(half_day, row, present=True, way=Way.DOOR, by=row.user, now=now)

    def resend():
        record(half_day, other, present=False, way=Way.TRAINER, by=trainer, event_id=sent, now=now)

    assert not together(*[scan] * 6, *[resend] * 6)
    assert AttendanceEvent.objects.filter(registration=row).count() == 1
    assert AttendanceEvent.objects.filter(registration=other).count() == 1


def test_a_countersignature_and_a_correction_at_the_same_moment(session, trainer):
    """Whichever comes first, no countersignature stands above what it did not see."""
    half_day = half_days_of(session)[0]
    row = RegistrationFactory(session=session)
    record(half_day, row, present=True, way=Way.TRAINER, by=trainer, now=at(half_day, 5))
    raised = together(
        *[lambda: countersign(half_day, trainer, now=at(half_day, 200))] * 4,
        lambda: record(
            half_day, row, present=None, way=Way.TRAINER, by=trainer, now=at(half_day, 201)
        ),
    )
    assert all(isinstance(error, CannotCountersign) for error in raised)
    assert not Attendance.objects.exists()
    assert not Countersignature.objects.standing().exists()
    assert Countersignature.objects.count() <= 1
