"""The judged queries over the demonstration content keep their thresholds (see bench/search.py).

Apps add to the demonstration what nobody has judged yet: it is passed over here, and counts in the bench.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from search.queries import search
from tests.search import judging

pytestmark = [pytest.mark.demo, pytest.mark.django_db]
THRESHOLDS = {"sqlite": 0.80, "postgresql": 0.85}


def addresses(query):
    return [hit.url for hit in search(query, AnonymousUser()).page]


@pytest.mark.parametrize("name", ["tuned", "held_out"])
def test_the_best_documents_come_first(name):
    measured = judging.measure(judging.load(name), addresses)
    worst = sorted((round(m.known, 2), m.judged.query) for m in measured)[:5]
    assert judging.mean([m.known for m in measured]) >= THRESHOLDS[connection.vendor], worst


def test_there_are_enough_judged_queries_of_each_kind():
    tuned, held_out = judging.load("tuned"), judging.load("held_out")
    assert len(tuned) >= 60
    assert len(held_out) >= 20
    assert not {q.query for q in tuned} & {q.query for q in held_out}
    kinds = {q.kind for q in tuned}
    assert kinds >= {"misspelt", "unaccented", "plural", "two-word", "place"}
