"""A time zone as iCalendar describes it says what the clock of the place shows."""

import datetime as dt
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from cms.zones import describe


@pytest.mark.parametrize("key", ["Europe/Paris", "America/Miquelon", "Indian/Reunion"])
@given(moment=st.datetimes(dt.datetime(2016, 1, 1), dt.datetime(2027, 12, 31)))
def test_the_described_zone_gives_the_offset_of_the_place_at_any_hour(key, moment):
    zone = ZoneInfo(key)
    described = Calendar()
    described.add_component(describe(zone, 2015, 2028))
    # dateutil knows nothing of the zone but what it is told here.
    told = tzical(StringIO(described.to_ical().decode())).get(key)
    assert moment.replace(tzinfo=told).utcoffset() == moment.replace(tzinfo=zone).utcoffset()
