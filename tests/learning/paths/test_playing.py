"""What was played of a recording grows no faster than time passes, whatever is reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.paths import playing

SPAN = st.tuples(st.floats(0, 600), st.floats(0, 600)).map(lambda pair: tuple(sorted(pair)))
REPORT = st.tuples(st.lists(SPAN, max_size=4), st.floats(0, 60), st.sampled_from([0.5, 1.0, 2.0]))


def total(spans):
    return sum(b - a for a, b in spans)


@given(st.lists(REPORT, max_size=12))
def test_all_that_counts_was_paid_with_time(reports):
    held, paid, since = [], 0.0, 0.0
    for said, window, speed in reports:
        before = total(held)
        added = playing.add(
            held, said, paid=paid, length=600, since=since, window=window, speed=speed
        )
        gained = total(added.held) - before
        assert -0.2 <= gained <= (window + playing.SLACK) * speed + 0.2
        held, paid = added.held, added.paid
        assert paid <= since + playing.FIRST_REPORT + 0.1
        since += window
    assert total(held) <= (since + playing.FIRST_REPORT) * 2 + 1
    assert total(held) <= 600


def test_seeking_adds_nothing_however_often_it_is_reported():
    held, paid = [], 0.0
    for _ in range(50):
        added = playing.add(held, [(0, 600)], paid=paid, length=600, since=0, window=0)
        held, paid = added.held, added.paid
    assert total(held) == playing.FIRST_REPORT


def test_what_was_played_twice_counts_once():
    added = playing.add([[0, 30]], [(10, 40)], paid=30, length=100, since=40, window=10)
    assert (added.held, added.new) == ([[0, 40]], [[30, 40]])


def test_reports_that_waited_for_the_network_count_when_they_arrive_together():
    held, paid = [[0.0, 10.0]], 10.0
    for number in range(1, 13):
        said = [(number * 10, number * 10 + 10)]
        added = playing.add(held, said, paid=paid, length=200, since=120, window=10)
        held, paid = added.held, added.paid
    assert held == [[0, 130]]


@pytest.mark.parametrize(("length", "share"), [(40, 0.5), (0, 0.0), (10, 1.0)])
def test_a_share_is_of_the_length_and_never_more_than_all(length, share):
    assert playing.share([[0, 10], [5, 20]], length) == share
