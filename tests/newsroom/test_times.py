"""When an event takes place: what is refused, and the moments of the clock where it takes place."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import timecodes
from newsroom.times import EventTimes

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
DAY = dt.date(2016, 11, 23)


def times(start=None, end=None, last=None, day=DAY, zone=PARIS):
    as_time = lambda text: dt.time.fromisoformat(text) if text else None  # noqa: E731
    return EventTimes(day, as_time(start), last, as_time(end), zone)


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (times(last=DAY - dt.timedelta(1)), "ends_on"),
        (times(end="10:00"), "starts_time"),
        (times(start="10:00", last=DAY + dt.timedelta(1)), "ends_time"),
        (times(start="10:00", end="09:00"), "ends_time"),
        (times(start="10:00", end="10:00"), "ends_time"),
        # The night of 26 March 2017, Paris goes from 2:00 to 3:00.
        (times(start="02:30", end="05:00", day=dt.date(2017, 3, 26)), "starts_time"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(made, field):
    assert set(made.errors()) == {field}


def test_hours_are_those_of_the_place():
    assert times("09:00", "12:00", zone=REUNION).start == dt.datetime(
        2016, 11, 23, 5, tzinfo=dt.UTC
    )
    assert times("09:00", "12:00").start == dt.datetime(2016, 11, 23, 8, tzinfo=dt.UTC)


def test_whole_days_last_until_midnight_of_the_place():
    made = times(last=DAY + dt.timedelta(2))
    assert made.end == dt.datetime(2016, 11, 25, 23, tzinfo=dt.UTC)


@given(st.integers(min_value=0, max_value=99 * 3600))
def test_a_moment_of_a_recording_is_read_as_it_is_written(seconds):
    assert timecodes.parse(timecodes.write(seconds)) == seconds


@given(st.text(max_size=12))
def test_what_is_no_moment_is_refused_and_nothing_else_fails(text):
    try:
        seconds = timecodes.parse(text)
    except ValueError:
        return
    assert timecodes.parse(timecodes.write(seconds)) == seconds


def test_webvtt_writes_hours_and_thousandths():
    assert timecodes.webvtt(3725.5) == "01:02:05.500"
