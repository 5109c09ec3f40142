"""Learning time and what was watched are unions: nothing counts twice, order does not matter."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from learning.paths import spans

PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def covered(pairs):
    return {second for start, end in pairs for second in range(start, end)}


@given(PAIRS)
def test_a_union_covers_what_its_parts_cover_and_each_second_once(pairs):
    merged = spans.merge(pairs)
    assert covered(merged) == covered(pairs)
    assert spans.length(merged) == len(covered(pairs))
    assert all(one[1] < other[0] for one, other in itertools.pairwise(merged))


@given(PAIRS, st.randoms())
def test_the_order_in_which_spans_arrive_does_not_matter(pairs, random):
    held = []
    shuffled = list(pairs)
    random.shuffle(shuffled)
    for pair in shuffled:
        held = spans.add(held, pair)
    assert held == spans.merge(pairs)


@given(PAIRS, st.integers(0, 80))
def test_shortened_spans_cover_at_most_so_much_of_what_was_there(pairs, most):
    kept = spans.shorten(pairs, most)
    assert covered(kept) <= covered(pairs)
    assert spans.length(kept) == min(most, len(covered(pairs)))


@given(PAIRS, st.integers(0, 60), st.integers(0, 60))
def test_clipped_spans_are_those_between_the_bounds(pairs, start, end):
    assert covered(spans.clip(pairs, start, end)) == covered(pairs) & set(range(start, end))
