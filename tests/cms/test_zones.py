"""A time zone as iCalendar describes it says what the clock of the place shows."""

import datetime as dt
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar import Calendar

from cms.zones import describe


def is_an_hour_of(zone, moment):
    """No clock of the place shows what lies between two and three on the night when summer begins."""
    there = moment.replace(tzinfo=zone)
    return there.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == moment


@pytest.mark.parametrize("key", ["Europe/Paris", "America/Miquelon", "Indian/Reunion"])
@given(moment=st.datetimes(dt.datetime(2016, 1, 1), dt.datetime(2027, 12, 31)))
def test_the_described_zone_gives_the_offset_of_the_place_at_any_hour(key, moment):
    zone = ZoneInfo(key)
    assume(is_an_hour_of(zone, moment))
    described = Calendar()
    described.add_component(describe(zone, 2015, 2028))
    # dateutil knows nothing of the zone but what it is told here.
    told = tzical(StringIO(described.to_ical().decode())).get(key)
    assert moment.replace(tzinfo=told).utcoffset() == moment.replace(tzinfo=zone).utcoffset()
