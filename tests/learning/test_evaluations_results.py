"""Results: from five answers on, of what is over, and no difference that isolates fewer."""

import csv
import datetime as dt
import io
import itertools

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from learning.evaluations import results, services
from learning.evaluations.factories import (
    HOT,
    KNOWLEDGE,
    RECOMMEND,
    TEXT,
    answer,
    make_evaluation,
    make_template,
)
from learning.evaluations.kinds import EvaluationKind
from learning.evaluations.result_views import evaluated
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import SessionKind, SessionState
from learning.models import Evaluation, EvaluationTemplate, Participation, Session, Tally
from maisons.factories import CommuneFactory, MembershipFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ALL = reverse("learning:evaluation-results")


@pytest.fixture(autouse=True)
def questions():
    EvaluationTemplate.objects.update(is_active=False)
    make_template(EvaluationKind.HOT, HOT)


@pytest.fixture
def national():
    return UserFactory(role="national-team")


@pytest.fixture
def trainer():
    return UserFactory(first_name="Ada", last_name="Formatrice", role="trainer")


def held(answers=0, over=True, kind=EvaluationKind.HOT, **kwargs):
    """A session that was held, with so many answers; over: its questionnaire is closed."""
    values = {name: kwargs.pop(name) for name in ("number", "recommend", "text") if name in kwargs}
    session = SessionFactory(starts_in=-40 * DAY, state=SessionState.CLOSED, **kwargs)
    evaluation = make_evaluation(session, kind)
    if answers:
        answer(evaluation, answers, **values)
    closes = timezone.now() + (-DAY if over else DAY)
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_at=closes)
    return session


def hot_of(*sessions):
    rows = Session.objects.filter(pk__in=[session.pk for session in sessions])
    return results.results_of(rows, ["hot"])["hot"]


# -- Five answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("answers", "shown"), [(4, False), (5, True)])
def test_a_session_is_shown_from_five_answers_on(client, trainer, national, answers, shown):
    session = held(answers, text="Une idée reconnaissable", trainer=trainer)
    for user in (trainer, national):
        client.force_login(user)
        page = client.get(reverse("learning:run-evaluation", args=[session.uuid])).content.decode()
        assert ("Une idée reconnaissable" in page) is shown
        assert ("recommandent la session" in page) is shown
        assert ("Moins de 5 réponses" in page) is not shown


@pytest.mark.parametrize("over", [False, True])
def test_results_wait_for_the_last_answer(client, trainer, over):
    """Read at five and at six, they would say what the sixth answered."""
    session = held(6, over=over, trainer=trainer)
    client.force_login(trainer)
    page = client.get(reverse("learning:run-evaluation", args=[session.uuid])).content.decode()
    assert ("recommandent la session" in page) is over


def test_everybody_having_answered_results_show_at_once():
    session = SessionFactory(starts_in=-2 * DAY, state=SessionState.CLOSED)
    evaluation = make_evaluation(session)
    people = RegistrationFactory.create_batch(5, session=session, outcome="attended")
    answer(evaluation, registrations=people, ends=True)
    assert Evaluation.objects.get(pk=evaluation.pk).closes_at <= timezone.now()
    assert hot_of(session).rate.answers == 5


def test_a_session_under_the_threshold_is_in_no_total():
    module = ModuleFactory()
    big, small = held(6, module=module, recommend=10), held(4, module=module, recommend=0)
    assert hot_of(big, small).rate == results.Rate(6, 6)
    assert results.satisfaction_of(module).rate == results.Rate(6, 6)


def test_small_sessions_together_show_nothing(client, national):
    module = ModuleFactory()
    for _number in range(3):
        held(3, module=module, text="Reconnaissable")
    client.force_login(national)
    page = client.get(ALL).content.decode()
    assert "Moins de 5 réponses" in page and "Reconnaissable" not in page
    assert results.satisfaction_of(module) is None


def test_no_difference_between_two_results_isolates_fewer_than_five(trainer):
    """Whatever is subtracted from whatever: sessions of any size, by module, city and trainer."""
    modules, cities = [ModuleFactory(), ModuleFactory()], [CommuneFactory(), CommuneFactory()]
    sizes = itertools.cycle([2, 5, 7, 4])
    sessions = [
        held(next(sizes), module=module, commune=city, trainer=trainer if city == cities[0] else None)
        for module in modules
        for city in cities
    ]  # fmt: skip
    totals = []
    for size in range(1, len(sessions) + 1):
        for some in itertools.combinations(sessions, size):
            rate = hot_of(*some).rate
            totals.append(({s.pk for s in some}, rate.answers if rate else 0))
    for (one, more), (other, less) in itertools.permutations(totals, 2):
        if other < one:
            assert more - less == 0 or more - less >= 5


def test_a_question_that_few_answered_is_not_shown_beside_others():
    make_template(EvaluationKind.HOT, [RECOMMEND, TEXT])
    session = held(4, text="")
    evaluation = Evaluation.objects.get(session=session)
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_at=timezone.now() + DAY)
    evaluation.refresh_from_db()
    answer(evaluation, 2, text="Un texte")
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_at=timezone.now())
    found = hot_of(session)
    assert [row.question.type for row in found.questions] == ["recommend"]
    assert not results.texts_of(Session.objects.filter(pk=session.pk), ["hot"]).exists()


def test_pilot_sessions_stay_out_of_rates_but_their_trainers_read_them(client, trainer, national):
    module = ModuleFactory()
    pilot = held(6, module=module, kind=EvaluationKind.HOT, trainer=trainer)
    Session.objects.filter(pk=pilot.pk).update(kind=SessionKind.PILOT)
    assert results.satisfaction_of(module) is None
    client.force_login(national)
    assert "Moins de 5 réponses" in client.get(ALL).content.decode()
    client.force_login(trainer)
    page = client.get(reverse("learning:run-evaluation", args=[pilot.uuid])).content.decode()
    assert "recommandent la session" in page


# -- What results say -----------------------------------------------------------------------------


def test_the_recommend_rate_is_the_share_of_eight_to_ten():
    session = SessionFactory(starts_in=-40 * DAY)
    evaluation = make_evaluation(session)
    for mark, times in ((10, 2), (8, 1), (7, 1), (0, 1)):
        answer(evaluation, times, recommend=mark)
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_at=timezone.now())
    assert hot_of(session).rate.percent == 60


def test_the_response_rate_counts_those_who_were_there():
    session = held(5)
    RegistrationFactory.create_batch(3, session=session, outcome="attended")
    RegistrationFactory(session=session, outcome="absent")
    found = hot_of(session)
    assert (found.answered, found.asked) == (5, 8)


def test_versions_of_a_question_are_added_up_by_what_they_mean():
    template = make_template(EvaluationKind.HOT, [HOT[2]])
    first = held(5)
    choices = list(template.questions[0].value["choices"])
    template.questions[0].value["choices"] = [choices[2], choices[0], choices[1]]
    template.save()
    second = held(5)
    result = hot_of(first, second).questions[0]
    labels = {c.order: c.label for c in result.question.choices.all()}
    assert {labels[value]: count for value, count in result.counts.items()} == {
        "Lent": 5,
        "Rapide": 5,
    }
    assert result.answers == 10


def test_knowledge_is_compared_when_five_answered_both_times(clock):
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    make_template(EvaluationKind.BEFORE, [TEXT])
    session = SessionFactory()
    before = services.open_before(session)
    answer(before, 5, choice=0)
    clock.move_to(session.last_ends_at + DAY)
    check = make_evaluation(session, EvaluationKind.CHECK)
    answer(check, 4, choice=1)
    found = results.results_of(Session.objects.all(), ["before", "check"])
    assert results.progress_by_question(found["before"], found["check"]) == []
    answer(check, 1, choice=1)
    Evaluation.objects.filter(pk=check.pk).update(closes_at=timezone.now())
    found = results.results_of(Session.objects.all(), ["before", "check"])
    [row] = results.progress_by_question(found["before"], found["check"])
    assert (row.before, row.after) == (0, 100)
    [by_module] = results.progress_by_module(Session.objects.all())
    assert (by_module.before, by_module.after) == (0, 100)


def test_texts_come_in_the_order_of_their_random_keys():
    session = held(6, text="Bien")
    texts = list(results.texts_of(Session.objects.filter(pk=session.pk), ["hot"]))
    keys = [row.pk for row in texts]
    assert keys == sorted(keys, key=lambda key: key.hex)
    assert all(key.version == 4 for key in keys)


def test_measured_satisfaction_stands_on_the_page_of_the_module(client):
    module = ModuleFactory()
    held(5, module=module, recommend=9)
    page = client.get(module.get_url()).content.decode()
    assert "Satisfaction mesurée" in page and "100\u00a0%" in page and "sur 5 réponses" in page


def test_without_five_answers_the_page_of_a_module_says_nothing(client):
    module = ModuleFactory()
    held(4, module=module, recommend=9)
    assert "Satisfaction mesurée" not in client.get(module.get_url()).content.decode()


# -- Who reads what -------------------------------------------------------------------------------


def test_a_trainer_reads_their_sessions_alone(client, trainer):
    mine, other = held(5, trainer=trainer, text="Les miens"), held(6, text="Les autres")
    assert list(evaluated(trainer)) == [mine]
    client.force_login(trainer)
    page = client.get(ALL).content.decode()
    assert "Les miens" in page and "Les autres" not in page
    assert "Par formateur" not in page
    other_url = reverse("learning:run-evaluation", args=[other.uuid])
    assert client.get(other_url).status_code == 404
    narrowed = client.get(f"{ALL}?module={other.module.slug}").content.decode()
    assert "Les autres" not in narrowed


def test_a_manager_reads_neither_answers_nor_results(client):
    session = held(6, text="Avis")
    row = session.registrations.first()
    manager = UserFactory()
    maison = MembershipFactory(user=row.user).maison
    MembershipFactory(user=manager, maison=maison, role="manager")
    client.force_login(manager)
    assert client.get(ALL).status_code == 403
    assert client.get(reverse("learning:run-evaluation", args=[session.uuid])).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 200
    evaluation = session.evaluations.get()
    assert client.get(evaluation.get_absolute_url()).status_code == 404


def test_filters_narrow_and_say_what_is_wrong(client, national, trainer):
    one, other = held(5, text="Premier", trainer=trainer), held(5, text="Second")
    client.force_login(national)
    assert "Second" not in client.get(f"{ALL}?module={one.module.slug}").content.decode()
    assert "Premier" not in client.get(f"{ALL}?ville={other.commune.code}").content.decode()
    by_trainer = client.get(f"{ALL}?formateur={trainer.uuid}").content.decode()
    assert "Premier" in by_trainer and "Second" not in by_trainer
    response = client.get(f"{ALL}?module=zz&formateur=%00&annee=abc&moment=x")
    assert response.status_code == 200
    assert "Ce choix n’existe pas" in response.content.decode()


def test_every_bar_leads_to_the_results_narrowed_to_it(client, national):
    session = held(5)
    client.force_login(national)
    page = client.get(ALL).content.decode()
    assert f'href="?module={session.module.slug}"' in page
    assert f'href="?ville={session.commune.code}"' in page


def exported(client):
    response = client.get("/exports/learning-evaluations/?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_file_has_the_thresholds_and_the_limits_of_the_screens(client, trainer):
    mine = held(5, trainer=trainer)
    held(4, trainer=trainer), held(6), held(7, over=False, trainer=trainer)
    client.force_login(trainer)
    rows = [row for row in exported(client) if not row["Module"].startswith("#")]
    assert {row["Session (identifiant)"] for row in rows} == {str(mine.uuid)}
    assert {row["Réponses à la question"] for row in rows} == {"5"}
    assert "Un texte" not in str(rows)


def test_an_agent_takes_no_file(client):
    client.force_login(UserFactory())
    assert client.get("/exports/learning-evaluations/?format=csv").status_code == 404


# -- Cost -----------------------------------------------------------------------------------------


def many(count, trainer):
    """So many sessions with their tallies, written at once."""
    base = held(5, trainer=trainer)
    evaluation = base.evaluations.get()
    tallies = list(evaluation.tallies.all())
    sessions = Session.objects.bulk_create(
        Session(
            module=base.module,
            commune=base.commune,
            state=base.state,
            first_starts_at=base.first_starts_at,
            last_ends_at=base.last_ends_at,
        )
        for _number in range(count)
    )
    Session.trainers.through.objects.bulk_create(
        Session.trainers.through(session=session, user=trainer) for session in sessions
    )
    evaluations = Evaluation.objects.bulk_create(
        Evaluation(
            session=session,
            kind="hot",
            anonymous=True,
            opens_at=evaluation.opens_at,
            closes_at=timezone.now() - DAY,
        )
        for session in sessions
    )
    Tally.objects.bulk_create(
        Tally(evaluation=each, question=t.question, value=t.value, count=t.count, answers=t.answers)
        for each in evaluations
        for t in tallies
    )


@pytest.mark.parametrize("count", [10, 1000])
def test_results_cost_the_same_whatever_their_number(client, national, trainer, count):
    many(count, trainer)
    for user, most in ((national, 30), (trainer, 30)):
        client.force_login(user)
        client.get("/espace-pro/")  # the admin's bar makes a profile at the first page of somebody
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(ALL).status_code == 200
        assert len(queries) <= most, "\n".join(q["sql"][:200] for q in queries)


def test_an_agent_answers_within_fifteen_queries(client):
    session = SessionFactory(starts_in=-2 * DAY, state=SessionState.CLOSED)
    evaluation = make_evaluation(session)
    row = answer(evaluation, 5)[0]
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_at=timezone.now() + DAY)
    Participation.objects.filter(registration=row).delete()
    client.force_login(row.user)
    client.get(evaluation.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(evaluation.get_absolute_url()).status_code == 200
    assert len(queries) <= 15, "\n".join(q["sql"][:200] for q in queries)


def test_the_tab_of_a_session_keeps_within_thirty_queries(client, trainer):
    session = held(6, trainer=trainer, text="Bien")
    client.force_login(trainer)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        url = reverse("learning:run-evaluation", args=[session.uuid])
        assert client.get(url).status_code == 200
    assert len(queries) <= 30, "\n".join(q["sql"][:200] for q in queries)


@pytest.mark.demo
def test_the_demonstration_shows_a_session_with_enough_answers_and_one_without():
    sessions = Session.objects.filter(is_fictitious=True, evaluations__kind="hot").distinct()
    answered = {
        session: session.evaluations.get(kind="hot").participations.count() for session in sessions
    }
    assert any(number >= 5 for number in answered.values())
    assert any(0 < number < 5 for number in answered.values())
    shown = {session.pk for session in sessions if hot_of(session).rate}
    assert shown == {session.pk for session, number in answered.items() if number >= 5}
    texts = results.texts_of(sessions, ["hot", "cold"])
    assert texts and all("(Fictif)" in row.text for row in texts)
