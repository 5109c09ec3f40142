"""Opening hours are written out, or said unknown: never wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maisons.demo_load import read_places
from maisons.hours import parse_week


def open_days(text):
    return {day.index: list(day.ranges) for day in parse_week(text) if day.ranges}


def test_each_day_has_its_hours():
    assert open_days("Tu-Th 09:00-12:00,14:00-17:00; Sa 09:00-12:00") == {
        1: [("09:00", "12:00"), ("14:00", "17:00")],
        2: [("09:00", "12:00"), ("14:00", "17:00")],
        3: [("09:00", "12:00"), ("14:00", "17:00")],
        5: [("09:00", "12:00")],
    }


def test_a_later_rule_replaces_an_earlier_one_for_its_days():
    week = open_days("Mo-Fr 09:00-17:00; We 09:00-12:00; Fr off")
    assert week[2] == [("09:00", "12:00")]
    assert 4 not in week and week[0] == [("09:00", "17:00")]


def test_a_span_may_cross_the_end_of_the_week():
    assert sorted(open_days("Sa-Mo 10:00-12:00")) == [0, 5, 6]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ; ",
        "sur rendez-vous",
        "Mo-Fr 09:00-17:00; PH off",
        "week 1-53/2 Mo 09:00-12:00",
        "Mo 12:00-09:00",
        "Mo 09:00-12:00,11:00-13:00",
        "Mo 25:00-26:00",
        "Mo 09:00",
        "Mo 09:00-12:00 Tu 09:00-12:00",
    ],
)
def test_what_is_more_than_a_plain_week_is_unknown(text):
    assert parse_week(text) is None


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it(text):
    week = parse_week(text)
    assert week is None or len(week) == 7


def test_every_hour_of_the_demonstration_is_understood():
    unread = [
        p["id"] for p in read_places() if p["opening_hours"] and not parse_week(p["opening_hours"])
    ]
    assert unread == []
