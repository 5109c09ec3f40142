"""A corrected key: nothing changes before it is confirmed, and what changes names who confirmed it."""

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from learning.models import Cohort, ProgressEvent, Regrade, RegradedItem, UnitProgress
from learning.paths import record
from learning.paths.factories import make_enrolment
from learning.quizzes import regrade
from learning.quizzes.factories import correct, make_question, make_quiz, right_fields, start
from learning.quizzes.services import Sent, submit

pytestmark = pytest.mark.django_db
LURE = [
    {"id": "a", "text": "Lire", "fraction": 0},
    {"id": "b", "text": "Renvoyer", "fraction": 1},
    {"id": "c", "text": "Attendre", "fraction": 0},
]


@pytest.fixture
def team():
    return UserFactory(role="national-team")


@pytest.fixture
def answered():
    """A question that was answered rightly, and whose key is corrected to another choice."""
    question = make_question()
    path, unit = make_quiz(question)
    enrolment = make_enrolment(path)
    attempt = start(enrolment, unit)
    submit(attempt, Sent(right_fields(attempt)))
    correct(question, choices=LURE)
    question.refresh_from_db()
    return question, attempt, enrolment, unit


def held(enrolment, unit):
    return UnitProgress.objects.get(enrolment=enrolment, unit=unit)


def test_a_dry_run_says_what_would_change_and_changes_nothing(answered, team):
    question, attempt, enrolment, unit = answered

    [change] = regrade.plan(question, team).changes

    assert (change.before, change.after, change.attempt_after) == (1, 0, 0)
    assert (change.passed_before, change.passed_after, change.lowers) == (True, False, True)
    attempt.refresh_from_db()
    assert attempt.score == held(enrolment, unit).score == 1
    assert not Regrade.objects.exists()


def test_confirmed_it_lowers_by_an_event_with_its_author(answered, team):
    question, attempt, enrolment, unit = answered

    regrade.apply(question, regrade.plan(question, team).digest, by=team)

    attempt.refresh_from_db()
    after = held(enrolment, unit)
    assert (attempt.score, after.score, after.success, after.completed_at) == (0, 0, False, None)
    event = ProgressEvent.objects.get(act="regrade")
    assert (event.by, event.said["held"]["score"], event.said["score"]) == (team, 1, 0)
    [row] = RegradedItem.objects.all()
    assert (row.before, row.after, row.regrade.by) == (1, 0, team)
    assert not regrade.plan(question, team).changes
    assert attempt.items.get().version.number == 1


def test_a_path_that_was_completed_stays_completed(answered, team):
    question, _attempt, enrolment, _unit = answered
    enrolment.refresh_from_db()
    assert enrolment.state == "completed"

    regrade.apply(question, regrade.plan(question, team).digest, by=team)

    enrolment.refresh_from_db()
    assert enrolment.state == "completed"


def test_a_trainers_decision_stays(answered, team):
    question, _attempt, enrolment, unit = answered
    record.decide(enrolment, unit, done=True, by=team)

    regrade.apply(question, regrade.plan(question, team).digest, by=team)

    assert held(enrolment, unit).completed_at is not None
    assert held(enrolment, unit).score == 0


def test_the_best_attempt_counts_after_a_regrade_too(answered, team):
    question, _attempt, enrolment, unit = answered
    another = start(enrolment, unit)
    submit(another, Sent(right_fields(another)))

    regrade.apply(question, regrade.plan(question, team).digest, by=team)

    assert held(enrolment, unit).score == 1


def test_what_was_shown_is_what_is_applied(answered, team):
    question, _attempt, enrolment, unit = answered
    shown = regrade.plan(question, team).digest
    correct(question, choices=[{**LURE[0], "fraction": 0.5}, *LURE[1:]])
    question.refresh_from_db()

    with pytest.raises(regrade.PlanChanged):
        regrade.apply(question, shown, by=team)

    assert held(enrolment, unit).score == 1


def test_what_is_handed_in_later_under_the_old_version_gets_the_corrected_key(team):
    question = make_question()
    path, unit = make_quiz(question)
    late = start(make_enrolment(path), unit)
    correct(question, choices=LURE)
    question.refresh_from_db()
    regrade.apply(question, regrade.plan(question, team).digest, by=team)

    submit(late, Sent({"q1": ["1"]}))

    late.refresh_from_db()
    assert late.score == held(late.enrolment, unit).score == 1


def test_a_trainer_regrades_their_cohorts_alone(answered, team):
    question, _attempt, enrolment, _unit = answered
    trainer = UserFactory(role="trainer")
    assert not regrade.plan(question, trainer).changes

    cohort = Cohort.objects.create(path=enrolment.path, name="Automne")
    cohort.trainers.add(trainer)
    type(enrolment).objects.filter(pk=enrolment.pk).update(cohort=cohort)

    assert len(regrade.plan(question, trainer).changes) == 1


def test_the_page_shows_the_dry_run_then_applies_it(answered, team, client):
    question, attempt, _enrolment, _unit = answered
    client.force_login(team)
    url = reverse("learning:quiz-regrade", args=[question.uuid])

    page = client.get(url)
    assert page.status_code == 200
    assert str(attempt.enrolment.user) in page.content.decode()
    digest = page.context["plan"].digest
    assert client.post(url, {"digest": "x" * 64}).status_code == 302
    assert not Regrade.objects.exists()

    client.post(url, {"digest": digest})

    attempt.refresh_from_db()
    assert attempt.score == 0
