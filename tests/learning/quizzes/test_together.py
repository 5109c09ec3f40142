"""Two tabs, a page sent twice, the clock and a corrected key at the same moment, with real threads."""

import uuid

import pytest

from accounts.factories import UserFactory
from learning.models import ProgressEvent, QuizAttempt, Regrade, UnitProgress
from learning.paths.factories import make_enrolment
from learning.quizzes import regrade
from learning.quizzes.factories import correct, make_question, make_quiz, right_fields, start
from learning.quizzes.services import Sent, save, submit
from tests.learning.test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_starts_one_attempt():
    path, unit = make_quiz(make_question())
    enrolment = make_enrolment(path)

    assert not together(*[lambda: start(enrolment, unit)] * 6)
    assert QuizAttempt.objects.filter(enrolment=enrolment).count() == 1


def test_a_quiz_handed_in_twice_is_one_result():
    path, unit = make_quiz(make_question(), make_question())
    attempt = start(make_enrolment(path), unit)
    sent = Sent(right_fields(attempt))

    assert not together(*[lambda: submit(attempt, sent)] * 6)
    attempt.refresh_from_db()
    assert attempt.score == 1
    assert ProgressEvent.objects.filter(uuid=uuid.uuid5(attempt.uuid, "submit")).count() == 1


def test_two_tabs_that_answer_at_once_lose_nothing_silently():
    path, unit = make_quiz(make_question())
    attempt = start(make_enrolment(path), unit)
    kept = []

    def tab(value):
        kept.extend(save(attempt, Sent({"q1": [value]}, {1: 0}, uuid.uuid4()), [1]))

    assert not together(*(lambda value=value: tab(value) for value in "012"))
    assert sorted(each.conflict for each in kept) == [False, True, True]
    assert attempt.items.get().revision == 1


def test_a_corrected_key_applied_while_people_hand_in_holds_for_all():
    wrong = [{"id": "a", "text": "Lire"}, {"id": "b", "text": "Renvoyer", "fraction": 1}]
    question = make_question(choices=wrong)
    path, unit = make_quiz(question)
    going = [start(make_enrolment(path), unit) for _ in range(8)]
    first, *others = going
    submit(first, Sent({"q1": ["0"]}))
    team = UserFactory(role="national-team")
    correct(question, choices=[{**wrong[0], "fraction": 1}, {**wrong[1], "fraction": 0}])

    def apply():
        question.refresh_from_db()
        while True:
            try:
                return regrade.apply(question, regrade.plan(question, team).digest, by=team)
            except regrade.PlanChanged:
                continue

    calls = [lambda each=each: submit(each, Sent({"q1": ["0"]})) for each in others]
    assert not together(apply, *calls)

    assert Regrade.objects.count() == 1
    assert set(QuizAttempt.objects.values_list("score", flat=True)) == {1.0}
    assert set(UnitProgress.objects.values_list("score", flat=True)) == {1.0}
    assert not regrade.waiting(question).exists()
