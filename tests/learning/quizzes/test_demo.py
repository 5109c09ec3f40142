"""The quizzes of the demonstration: two in each path, every kind, each answer explained."""

import pytest

from learning.models import LearningPath, Question, QuizAttempt
from learning.paths import structure
from learning.quizzes import items, units
from learning.quizzes.content import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.demo]


def quizzes():
    for path in LearningPath.objects.select_related("version"):
        for place in structure.read(path.version).units():
            if place.kind == units.KIND:
                yield path, path.units.get(uuid=place.uuid)


def test_two_quizzes_in_each_path_of_six_to_ten_questions():
    found = list(quizzes())

    assert len({path.pk for path, _unit in found}) == 2
    assert len(found) >= 4
    for _path, unit in found:
        assert 6 <= units.count_of(units.quiz_value(units.page_of_unit(unit))) <= 10


def test_every_kind_is_asked_and_every_answer_says_why():
    questions = list(Question.objects.select_related("version"))

    assert {question.kind for question in questions} == set(Kind)
    for question in questions:
        content = question.version.content
        assert content["feedback"], question.title
        if content["kind"] in ("single", "multiple"):
            assert all(choice["feedback"] for choice in content["choices"]), question.title


def test_people_answered_enough_to_judge_the_questions():
    assert QuizAttempt.objects.filter(state="closed", score__lt=0.7).exists()
    judged = [items.figures(unit) for _path, unit in quizzes()]

    assert any(row.facility is not None for rows in judged for row in rows)
