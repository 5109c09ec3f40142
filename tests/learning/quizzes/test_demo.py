"""The quizzes of the demonstration: two in each path, every kind, each answer explained."""

import pytest

from learning.following import queries
from learning.models import Cohort, Enrolment, LearningPath, Question, QuizAttempt
from learning.paths import structure
from learning.quizzes import items, pictured, units
from learning.quizzes.content import Kind
from learning.quizzes.wording import wording_of

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


def test_a_trainer_reads_how_their_own_cohort_answered():
    """Under five people nothing is said: one cohort has enough of them."""
    people = [queries.in_force(cohort) for cohort in Cohort.objects.exclude(trainers=None)]
    assert any(max(items.answered(each).values(), default=0) >= items.THRESHOLD for each in people)


def in_english():
    """The quizzes whose page is in English too."""
    for path, unit in quizzes():
        page = units.page_of_unit(unit)
        if page.get_translations().filter(locale__language_code="en", live=True).exists():
            yield path, unit


def test_a_question_shows_a_picture_and_says_it_in_both_languages():
    shown = [row for row in Question.objects.all() if "<embed" in row.version.content["text"]]

    assert shown
    for row in shown:
        [french] = pictured.pictures_of(row.version.content["text"])
        [english] = pictured.pictures_of(wording_of(row, "en").texts["text"])
        assert row.pictures.filter(image=french.image).exists()
        assert french.image == english.image
        assert french.alt
        assert english.alt not in ("", french.alt)


def test_a_quiz_is_asked_in_english_on_its_english_page(client):
    [(path, unit)] = in_english()
    client.force_login(Enrolment.objects.get(path=path, user__email="agent@example.org").user)
    where = f"/en{path.get_absolute_url()}etapes/{unit.uuid}/"
    said = client.get(where).content.decode()
    assert "Taking stock" in said
    started = client.post(f"{where}essais/", follow=True)
    said = started.content.decode()
    assert "Look at the picture" in said
    assert "Taking stock" in said
    assert "Helping without doing it" in said
    assert 'lang="fr"' not in said[said.index("<main") : said.index("</main")]
