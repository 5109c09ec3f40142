"""Answering a quiz: kept at once, graded by the server alone, within its time and its attempts."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from learning.enrolling.overrides import grant
from learning.models import ProgressEvent, QuizAttempt, UnitProgress
from learning.paths import record
from learning.paths import services as paths
from learning.paths.factories import make_enrolment
from learning.quizzes import attempts, services, terms
from learning.quizzes.factories import (
    make_question,
    make_quiz,
    make_theme,
    right_fields,
    start,
    value_of,
)
from learning.quizzes.services import CannotAnswer, Sent, TimeIsOver, save, submit

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def quiz(count=3, **more):
    """A quiz of so many questions, and somebody who follows its path."""
    path, unit = make_quiz(*(make_question() for _ in range(count)), **more)
    return make_enrolment(path), unit


def progress(enrolment, unit):
    return UnitProgress.objects.get(enrolment=enrolment, unit=unit)


def hand_in(enrolment, unit, *orders, **kwargs):
    """An attempt that answers these questions rightly and leaves the others."""
    attempt = start(enrolment, unit, **kwargs)
    fields = right_fields(attempt, *orders) if orders else {}
    return submit(attempt, Sent(fields), **kwargs)[0]


def test_every_kind_is_asked_answered_and_graded():
    kinds = ("single", "multiple", "true_false", "matching", "ordering", "short", "numeric")
    path, unit = make_quiz(*(make_question(kind) for kind in kinds), shuffle_choices=True)
    enrolment = make_enrolment(path)
    attempt = start(enrolment, unit)

    submit(attempt, Sent(right_fields(attempt)))

    attempt.refresh_from_db()
    assert attempt.score == 1
    assert progress(enrolment, unit).completed_at is not None


def test_the_score_weighs_questions_by_their_points():
    path, unit = make_quiz(make_question(grade=3), make_question(grade=1))
    attempt = hand_in(make_enrolment(path), unit, 1)

    assert attempt.score == 0.75


def test_the_best_attempt_is_reported_and_passing_completes():
    enrolment, unit = quiz()
    hand_in(enrolment, unit, 1)
    assert (progress(enrolment, unit).success, progress(enrolment, unit).completed_at) == (
        False,
        None,
    )

    hand_in(enrolment, unit, 1, 2)
    hand_in(enrolment, unit, 1)

    held = progress(enrolment, unit)
    assert held.score == pytest.approx(2 / 3)
    assert held.success is True
    assert held.completed_at is not None


def test_started_twice_is_one_attempt():
    enrolment, unit = quiz()

    assert start(enrolment, unit) == start(enrolment, unit)


def test_handed_in_twice_is_one_result():
    enrolment, unit = quiz()
    attempt = start(enrolment, unit)
    submit(attempt, Sent(right_fields(attempt)))
    before = ProgressEvent.objects.count()

    again, conflicts = submit(attempt, Sent({}))

    assert (again.score, conflicts) == (1, [])
    assert ProgressEvent.objects.count() == before


def test_an_answer_sent_again_changes_nothing():
    enrolment, unit = quiz()
    attempt = start(enrolment, unit)
    sent = Sent({"q1": ["0"]}, {1: 0}, uuid.uuid4())

    save(attempt, sent, [1])
    [kept] = save(attempt, sent, [1])

    assert (kept.item.revision, kept.conflict) == (1, False)


def test_a_tab_that_is_behind_does_not_overwrite_a_newer_answer():
    enrolment, unit = quiz()
    attempt = start(enrolment, unit)
    save(attempt, Sent({"q1": ["0"]}, {1: 0}, uuid.uuid4()), [1])

    [kept] = save(attempt, Sent({"q1": ["1"]}, {1: 0}, uuid.uuid4()), [1])
    _held, conflicts = submit(attempt, Sent({"q1": ["1"]}, {1: 0, 2: 0, 3: 0}))

    assert kept.conflict
    assert [each.item.order for each in conflicts] == [1]
    attempt.refresh_from_db()
    assert attempt.is_open
    assert attempt.items.get(order=1).response == "a"


def test_the_number_of_attempts_is_kept_and_more_may_be_granted():
    enrolment, unit = quiz(attempts=1)
    hand_in(enrolment, unit)
    with pytest.raises(CannotAnswer):
        start(enrolment, unit)

    grant(enrolment, by=UserFactory(), reason="Panne", unit=unit, attempts=2)

    assert start(enrolment, unit).number == 2


def test_starting_the_unit_again_from_nothing_gives_the_attempts_back():
    enrolment, unit = quiz(attempts=1)
    hand_in(enrolment, unit)

    record.reset(enrolment, unit, by=UserFactory())

    assert start(enrolment, unit).number == 2


def test_the_server_keeps_the_time_with_a_little_grace():
    enrolment, unit = quiz(minutes=10)
    now = timezone.now()
    attempt = start(enrolment, unit, now=now)
    end = now + 10 * MINUTE

    save(attempt, Sent({"q1": ["0"]}), [1], now=end + terms.GRACE)
    with pytest.raises(TimeIsOver):
        save(attempt, Sent({"q2": ["0"]}), [2], now=end + terms.GRACE + dt.timedelta(seconds=1))

    attempt.refresh_from_db()
    assert (attempt.is_open, attempt.by_clock, attempt.submitted_at) == (False, True, end)
    assert attempt.score == pytest.approx(1 / 3)


def test_the_clock_hands_in_what_was_kept():
    enrolment, unit = quiz(minutes=10)
    now = timezone.now()
    attempt = start(enrolment, unit, now=now)
    save(attempt, Sent(right_fields(attempt)), now=now)

    assert services.close_overdue(now + 10 * MINUTE) == 0
    assert services.close_overdue(now + 11 * MINUTE) == 1
    assert services.close_overdue(now + 11 * MINUTE) == 0
    assert progress(enrolment, unit).score == 1


def test_minutes_granted_to_one_person_are_added():
    enrolment, unit = quiz(minutes=10)
    grant(enrolment, by=UserFactory(), reason="Tiers-temps", unit=unit, extra_minutes=5)

    attempt = start(enrolment, unit)

    assert attempt.ends_at - attempt.started_at == 15 * MINUTE


def test_terms_are_those_of_the_start():
    enrolment, unit = quiz(minutes=10, threshold=100)
    attempt = start(enrolment, unit)
    page = value_of(unit)
    page["minutes"] = 1

    assert terms.of_attempt(attempt).minutes == 10
    assert terms.of_attempt(attempt).passing == 1


def test_an_attempt_keeps_the_version_that_it_was_asked():
    from learning.quizzes.factories import correct

    question = make_question()
    path, unit = make_quiz(question)
    attempt = start(make_enrolment(path), unit)
    asked = attempt.items.get().version
    correct(question, text="<p>Autre chose ?</p>")

    assert attempt.items.get().version == asked
    assert start(make_enrolment(path), unit).items.get().version != asked


def test_a_pool_draws_questions_of_its_theme_and_none_twice():
    theme = make_theme()
    named, *others = [make_question(theme=theme) for _ in range(6)]
    path, unit = make_quiz(named, pool=(theme, 4))
    binned = others[0]
    binned.binned_at = timezone.now()
    binned.save(update_fields=["binned_at"])

    drawn = [item.question for item in start(make_enrolment(path), unit).items.all()]

    assert len(drawn) == len(set(drawn)) == 5
    assert binned not in drawn
    assert set(drawn) == {named, *others[1:]}


def test_a_quiz_that_is_not_open_yet_is_not_started():
    enrolment, unit = quiz()
    paths.leave(enrolment)

    with pytest.raises(CannotAnswer):
        start(enrolment, unit)


def test_what_was_left_meanwhile_is_handed_in_without_progress():
    enrolment, unit = quiz(minutes=1)
    now = timezone.now()
    attempt = start(enrolment, unit, now=now)
    paths.leave(enrolment)

    assert services.close_overdue(now + 5 * MINUTE) == 1
    assert progress(enrolment, unit).score is None
    assert QuizAttempt.objects.get(pk=attempt.pk).score == 0


def test_where_somebody_stands():
    enrolment, unit = quiz(attempts=2)
    hand_in(enrolment, unit, 1)
    start(enrolment, unit)

    held = terms.of_attempt(QuizAttempt.objects.first())
    standing = attempts.standing(held, enrolment, unit)

    assert standing.best == pytest.approx(1 / 3)
    assert (standing.left, standing.passed, standing.over) == (0, False, False)
    assert standing.open.number == 2
