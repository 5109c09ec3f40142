"""What answers teach of a question: nothing under five people, then its difficulty and its traps."""

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from learning.models import Cohort, Enrolment
from learning.paths.factories import make_enrolment
from learning.quizzes.factories import make_question, make_quiz, start
from learning.quizzes.items import correlation, figures
from learning.quizzes.services import Sent, submit

pytestmark = pytest.mark.django_db


def answered(*answers):
    """A quiz of two questions; each answer is the rank chosen in both."""
    path, unit = make_quiz(make_question(), make_question())
    for first, second in answers:
        attempt = start(make_enrolment(path), unit)
        submit(attempt, Sent({"q1": [first], "q2": [second]}))
    return path, unit


def test_under_five_people_nothing_is_said():
    _path, unit = answered(*["00"] * 4)

    assert {(row.n, row.facility, row.wrong) for row in figures(unit)} == {(4, None, "")}


def test_difficulty_and_the_wrong_answer_given_most():
    _path, unit = answered("00", "00", "10", "10", "20")

    hard, easy = figures(unit)

    assert (hard.n, hard.facility, hard.wrong, hard.wrong_share) == (5, 0.4, "Renvoyer", 0.4)
    assert (easy.facility, easy.wrong, easy.doubt) == (1, "", "easy")


def test_discrimination_compares_a_question_with_the_rest():
    _path, unit = answered("00", "00", "00", "11", "11", "11")

    assert {row.discrimination for row in figures(unit)} == {1.0}
    assert correlation([(0, 1), (1, 0)]) == -1
    assert correlation([(1, 1), (1, 0)]) is None


def test_the_first_attempt_of_each_person_counts():
    path, unit = answered(*["10"] * 5)
    for enrolment in Enrolment.objects.filter(path=path):
        submit(start(enrolment, unit), Sent({"q1": ["0"], "q2": ["0"]}))

    hard, _easy = figures(unit)

    assert (hard.n, hard.facility) == (5, 0)


def test_a_trainer_counts_their_cohorts_an_editor_everybody(client):
    path, unit = answered(*["10"] * 5)
    trainer = UserFactory(role="trainer")
    cohort = Cohort.objects.create(path=path, name="Automne")
    cohort.trainers.add(trainer)
    mine = Enrolment.objects.filter(path=path).first()
    Enrolment.objects.filter(pk=mine.pk).update(cohort=cohort)
    url = reverse("learning:quiz-items", args=[path.uuid, unit.uuid])

    def counted(user):
        client.force_login(user)
        return [row.n for row in client.get(url).context["rows"]]

    assert counted(trainer) == [1, 1]
    assert counted(UserFactory(role="editor")) == [5, 5]
    client.force_login(UserFactory(role="trainer"))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("people", [6, 40])
def test_the_page_stays_within_its_budget(client, django_assert_max_num_queries, people):
    path, unit = answered(*["10"] * people)
    client.force_login(UserFactory(role="editor"))
    url = reverse("learning:quiz-items", args=[path.uuid, unit.uuid])
    client.get(url)

    with django_assert_max_num_queries(25):
        client.get(url)
