"""The pages of a quiz: nothing leaks before handing in, everything works without a script."""

import json
import re
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.factories import UserFactory
from cms import registry
from learning.models import Cohort, QuizAttempt, QuizItem
from learning.paths.factories import make_enrolment
from learning.quizzes.factories import (
    contents,
    make_question,
    make_quiz,
    make_theme,
    right_fields,
    start,
)
from learning.quizzes.kinds import ShowWhen
from learning.quizzes.services import Sent, submit
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db
KINDS = list(contents())
KEY = "5f0f8a3c-1b1d-4f6e-9a55-0d6f7c1f2a34"
FLIPPED = {
    "choices": [
        {"id": "a", "text": "Lire", "fraction": 0, "feedback": "SECRET"},
        {"id": "b", "text": "Renvoyer", "fraction": 1, "feedback": "SECRET"},
        {"id": "c", "text": "Attendre", "feedback": "SECRET"},
    ]
}


def member(role="agent"):
    return MembershipFactory(user=UserFactory(), role=role).user


@pytest.fixture
def agent():
    return member()


def everything(agent, **terms):
    """A quiz with every kind of question, followed by the agent."""
    path, unit = make_quiz(*(make_question(kind) for kind in KINDS), **terms)
    return make_enrolment(path, agent), unit


def unit_url(enrolment, unit):
    return reverse("learning:unit", args=[enrolment.path.uuid, unit.uuid])


def without_chance(html):
    """A page without what differs from one request to the next, or from one quiz to the next."""
    html = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", html)
    return re.sub(r'(csrf[^=]*=|nonce=|value=)"[A-Za-z0-9+/=]{20,}"|data-csrf="\w+"', "", html)


def test_two_quizzes_that_differ_by_their_key_alone_give_the_same_pages(agent, client):
    """The strongest way to say that no key leaks: the page does not depend on it."""
    client.force_login(agent)
    pages = []
    for changes in ({}, FLIPPED):
        path, unit = make_quiz(make_question(**changes), title="Quiz")
        enrolment = make_enrolment(path, agent)
        attempt = start(enrolment, unit)
        asked = client.get(attempt.get_absolute_url()).content.decode()
        body = {"order": 1, "seen": 0, "key": str(uuid.uuid4()), "fields": {"q1": ["1"]}}
        url = f"{attempt.get_absolute_url()}reponse/"
        said = client.post(url, json.dumps(body), content_type="application/json").content.decode()
        page = client.get(unit_url(enrolment, unit)).content.decode()
        pages.append((without_chance(asked), said, without_chance(page)))
        QuizAttempt.objects.all()

    assert pages[0] == pages[1]


def test_no_identifier_share_or_feedback_is_in_an_open_attempt(agent, client):
    enrolment, unit = everything(agent)
    attempt = start(enrolment, unit)
    client.force_login(agent)

    html = client.get(attempt.get_absolute_url()).content.decode()

    for item in attempt.items.select_related("version"):
        content = item.version.content
        for key in item.version.read().ids():
            assert f'"{key}"' not in html
        assert content["feedback"] not in html
    assert "Parce que le dossier" not in html
    assert "carte vitale" not in html


def test_a_form_without_script_keeps_then_hands_in(agent, client):
    enrolment, unit = everything(agent)
    client.force_login(agent)
    page = client.get(unit_url(enrolment, unit))
    assert "Commencer" in page.content.decode()
    client.post(reverse("learning:quiz-start", args=[enrolment.path.uuid, unit.uuid]))
    attempt = QuizAttempt.objects.get()
    url = attempt.get_absolute_url()

    client.post(url, {**right_fields(attempt, 1, 2), "act": "keep", "r1": "0"})
    assert attempt.items.exclude(response__isnull=True).count() == 2
    warned = client.post(url, {**right_fields(attempt, 1, 2), "act": "submit"})
    assert warned.status_code == 200, warned.content
    assert warned.context["missing"] == [3, 4, 5, 6, 7]
    handed = client.post(url, {**right_fields(attempt), "act": "submit"}, follow=True)

    attempt.refresh_from_db()
    assert attempt.score == 1
    assert "Parce que le dossier part complet." in handed.content.decode()


def test_leaving_questions_out_is_possible_once_one_was_told(agent, client):
    enrolment, unit = everything(agent)
    attempt = start(enrolment, unit)
    client.force_login(agent)

    client.post(attempt.get_absolute_url(), {**right_fields(attempt, 1), "act": "submit-anyway"})

    attempt.refresh_from_db()
    assert attempt.score == pytest.approx(1 / 7)


def test_right_answers_wait_until_one_has_passed_or_no_attempt_is_left(agent, client):
    enrolment, unit = everything(agent, attempts=2)
    client.force_login(agent)
    first = start(enrolment, unit)
    submit(first, Sent({"q6": ["autre chose"]}))

    early = client.get(first.get_absolute_url()).content.decode()
    submit(start(enrolment, unit), Sent({}))
    late = client.get(first.get_absolute_url()).content.decode()

    assert "carte vitale" not in early
    assert "Relisez le courrier." in early
    assert "carte vitale" in late


def test_a_quiz_may_show_the_score_alone(agent, client):
    enrolment, unit = everything(agent, feedback=ShowWhen.NEVER, answers=ShowWhen.NEVER)
    attempt = start(enrolment, unit)
    submit(attempt, Sent(right_fields(attempt)))
    client.force_login(agent)

    html = client.get(attempt.get_absolute_url()).content.decode()

    assert "Relisez le courrier." not in html
    assert "100" in html


def test_nobody_else_reads_or_answers_an_attempt_but_its_trainer_once_it_is_handed_in(
    agent, client
):
    enrolment, unit = everything(agent)
    attempt = start(enrolment, unit)
    url = attempt.get_absolute_url()
    trainer = UserFactory(role="trainer")
    cohort = Cohort.objects.create(path=enrolment.path, name="Automne")
    cohort.trainers.add(trainer)
    type(enrolment).objects.filter(pk=enrolment.pk).update(cohort=cohort)

    def answers(user):
        client.force_login(user)
        return client.get(url).status_code, client.post(url, {"act": "keep"}).status_code

    assert answers(member()) == (404, 404)
    assert answers(trainer) == (404, 404)
    submit(attempt, Sent({}))
    assert answers(trainer) == (200, 404)
    assert answers(UserFactory(role="trainer")) == (404, 404)
    assert answers(member("manager")) == (404, 404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"order": 1, "seen": 0, "key": "x", "fields": {}}', 400),
        (json.dumps({"order": 99, "seen": 0, "key": KEY, "fields": {}}), 400),
        (json.dumps({"order": 1, "seen": 0, "key": KEY, "fields": []}), 400),
        (json.dumps({"order": 1, "seen": 0, "key": KEY, "fields": {"q1": [{}], "x": 1}}), 200),
        (json.dumps({"order": 1, "seen": 0, "key": KEY, "fields": {"q1": ["999"]}}), 200),
        ("x" * 60_000, 413),
    ],
)
def test_what_is_sent_wrongly_is_refused_with_a_reason(agent, client, body, status):
    enrolment, unit = everything(agent)
    attempt = start(enrolment, unit)
    client.force_login(agent)
    url = f"{attempt.get_absolute_url()}reponse/"

    said = client.post(url, body, content_type="application/json")

    assert said.status_code == status
    assert not QuizItem.objects.exclude(response__isnull=True).exists()


def test_a_trial_is_graded_and_kept_nowhere(client):
    path, unit = make_quiz(*(make_question(kind) for kind in KINDS), shuffle_questions=True)
    client.force_login(UserFactory(role="trainer"))
    url = reverse("learning:quiz-trial", args=[path.uuid, unit.uuid])
    previewed = client.get(reverse("learning:unit", args=[path.uuid, unit.uuid]))
    assert url in previewed.content.decode()
    seed = re.search(r'name="seed" value="(\d+)"', client.get(url).content.decode())[1]

    said = client.post(url, {"seed": seed, "q1": "0"})

    assert "Parce que le dossier" in said.content.decode()
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize("count", [10, 60])
def test_an_attempt_and_its_unit_stay_within_the_budget(agent, client, settings, count):
    """Fifteen queries at most, above those of an empty signed-in page."""
    settings.ROOT_URLCONF = "tests.support.empty_page"
    theme = make_theme()
    path, unit = make_quiz(*(make_question(theme=theme) for _ in range(count)), attempts=3)
    enrolment = make_enrolment(path, agent)
    client.force_login(agent)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    empty = cost("/page-vide/")
    attempt = start(enrolment, unit)
    assert cost(attempt.get_absolute_url()) - empty <= 15
    submit(attempt, Sent(right_fields(attempt)))
    assert cost(attempt.get_absolute_url()) - empty <= 15
    start(enrolment, unit)
    assert cost(unit_url(enrolment, unit)) - empty <= 15


def test_ones_answers_are_exported_and_words_are_erased(agent):
    enrolment, unit = everything(agent)
    attempt = start(enrolment, unit)
    submit(attempt, Sent(right_fields(attempt)))
    provider = registry.personal_data.get("learning.quizzes")

    [said] = provider.export(agent)["quizzes"]
    provider.erase(agent)

    assert said["score"] == 1
    assert "carte vitale" in [answer["answer"] for answer in said["answers"]]
    written = QuizItem.objects.filter(question__kind__in=("short", "numeric"))
    assert [item.response for item in written] == [None, None]
    assert QuizItem.objects.exclude(response__isnull=True).count() == 5
