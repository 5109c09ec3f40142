"""Quizzes tell who fails, once no attempt is left; a trainer sees how their cohort answers."""

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from learning.enrolling.overrides import grant
from learning.following import services
from learning.following.factories import make_cohort, make_learner
from learning.following.kinds import FlagKind
from learning.models import Flag
from learning.paths import record
from learning.paths.factories import make_path, units_of
from learning.quizzes import services as answering
from learning.quizzes.factories import make_quiz, start
from learning.quizzes.units import page_of_unit, quiz_value

from .test_screens import client_of

pytestmark = pytest.mark.django_db


def fail(row, unit):
    """Hand in an attempt without a single answer."""
    answering.submit(start(row, unit))


def said(cohort):
    services.compute(cohort)
    return set(Flag.objects.values_list("kind", flat=True))


def test_failing_is_said_once_the_last_attempt_is_spent_and_no_more_when_another_is_granted():
    trainer = UserFactory(role="trainer")
    path, unit = make_quiz(attempts=2)
    cohort = make_cohort(trainer, path=path)
    row = make_learner(cohort)
    fail(row, unit)
    assert said(cohort) == set()
    fail(row, unit)
    assert said(cohort) == {FlagKind.FAILING, FlagKind.STUCK}
    assert Flag.objects.get(kind=FlagKind.FAILING).value == 0
    grant(row, by=trainer, reason="Panne de réseau", unit=unit, attempts=3)
    assert said(cohort) == {FlagKind.STUCK}
    record.reset(row, unit, by=trainer)
    assert said(cohort) == set()


def test_the_quizzes_of_a_cohort_count_its_people_alone(django_assert_max_num_queries):
    trainer = UserFactory(role="trainer")
    path, unit = make_quiz()
    cohort, other = make_cohort(trainer, path=path), make_cohort(path=path)
    for each in (cohort, cohort, other):
        fail(make_learner(each), unit)
    client = client_of(trainer)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("learning:cohort-quizzes", args=[cohort.uuid]))
    assert [row.n for row in page.context["rows"]] == [2]
    assert client.get(reverse("learning:cohort-quizzes", args=[other.uuid])).status_code == 404


def test_the_quiz_that_most_people_answered_is_shown_first_and_each_says_how_many():
    trainer = UserFactory(role="trainer")
    _path, example = make_quiz()
    asked = {"content": [("quiz", quiz_value(page_of_unit(example)))]}
    path = make_path(*({**asked, "rule": "score", "threshold": 60} for _quiz in range(2)))
    first, second = units_of(path)
    cohort = make_cohort(trainer, path=path)
    one, two = make_learner(cohort), make_learner(cohort)
    for row, unit in ((one, first), (one, second), (two, second)):
        fail(row, unit)
    client = client_of(trainer)
    shown = client.get(reverse("learning:cohort-quizzes", args=[cohort.uuid])).context
    assert shown["chosen"] == str(second.uuid)
    assert [title.rpartition(" ")[2] for _uuid, title in shown["quizzes"]] == ["(1)", "(2)"]
