"""Answering: who is asked, once, what is refused, and that a sheet leads to nobody."""

import datetime as dt
import re
import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from cms import registry
from learning.evaluations import queries, services, shipped, urn
from learning.evaluations.factories import (
    HOT,
    KNOWLEDGE,
    MULTIPLE,
    SCALE,
    TEXT,
    answer,
    make_evaluation,
    make_template,
)
from learning.evaluations.kinds import EvaluationKind
from learning.evaluations.versions import questions_of
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import Outcome, SessionState
from learning.models import (
    Answer,
    AnswerSheet,
    Evaluation,
    EvaluationQuestion,
    EvaluationTemplate,
    EvaluationVersion,
    Participation,
    Tally,
)
from learning.services.registrations import register
from learning.services.sessions import cancel_session
from learning.signals import session_closed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def no_questionnaire():
    """Each test says what is asked."""
    EvaluationTemplate.objects.update(is_active=False)


@pytest.fixture
def session():
    return SessionFactory(starts_in=-2 * DAY)


def came(session, **kwargs):
    return RegistrationFactory(session=session, outcome=Outcome.ATTENDED, **kwargs)


def filled(evaluation, **changes):
    """A whole answer as a browser sends it."""
    data = {}
    for question in questions_of(evaluation):
        values = {"scale": "4", "recommend": "9", "text": "Le temps d’échange", "multiple": ["0"]}
        data[f"q-{question.uuid.hex}"] = values.get(question.type, "1")
    return data | changes


def close(session):
    session.state, session.closed_at = SessionState.CLOSED, timezone.now()
    session.save()
    session_closed.send(sender=type(session), session=session, by=None)


# -- When people are asked ------------------------------------------------------------------------


def test_a_confirmed_registration_opens_the_questions_before():
    make_template(EvaluationKind.BEFORE, [TEXT])
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    session = SessionFactory()
    person = UserFactory()
    register(session, person, by=person)
    evaluation = Evaluation.objects.get(session=session)
    assert evaluation.kind == EvaluationKind.BEFORE
    assert [q.type for q in questions_of(evaluation)] == ["text", "knowledge"]
    assert queries.to_answer(person) == [evaluation]


def test_questions_before_end_when_the_session_starts(clock):
    make_template(EvaluationKind.BEFORE, [TEXT])
    session = SessionFactory()
    row = RegistrationFactory(session=session)
    evaluation = services.open_before(session)
    clock.move_to(session.first_starts_at + dt.timedelta(minutes=1))
    assert queries.to_answer(row.user) == []
    with pytest.raises(urn.Closed):
        urn.put(evaluation, row, [])


def test_closing_asks_those_who_came_and_plans_the_third_month(session):
    for kind in (EvaluationKind.HOT, EvaluationKind.COLD):
        make_template(kind)
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    here, absent = came(session), RegistrationFactory(session=session, outcome=Outcome.ABSENT)
    close(session)
    asked = {row.kind: row for row in Evaluation.objects.filter(session=session)}
    assert set(asked) == {"hot", "check", "cold"}
    assert asked["cold"].opens_at == services.months_later(session.last_ends_at, 3)
    told = Notification.objects.filter(kind="learning.evaluation-hot")
    assert [row.user for row in told] == [here.user], "one message for opinion and check"
    assert {row.kind for row in queries.to_answer(here.user)} == {"hot", "check"}
    assert queries.to_answer(absent.user) == []


def test_closing_twice_asks_once(session):
    make_template(EvaluationKind.HOT)
    came(session)
    close(session)
    close(session)
    assert Evaluation.objects.filter(session=session).count() == 1
    assert Notification.objects.filter(kind="learning.evaluation-hot").count() == 1


def test_three_months_later_the_clock_asks_then_reminds_once(session, clock):
    make_template(EvaluationKind.COLD)
    answered, silent = came(session), came(session)
    close(session)
    cold = Evaluation.objects.get(session=session, kind=EvaluationKind.COLD)
    services.tell_what_is_due()
    told = Notification.objects.filter(kind="learning.evaluation-cold")
    assert not told.exists()
    clock.move_to(cold.opens_at + dt.timedelta(minutes=1))
    services.tell_what_is_due()
    services.tell_what_is_due()
    assert told.count() == 2
    answer(cold, registrations=[answered])
    clock.shift(7 * 86400)
    services.tell_what_is_due()
    services.tell_what_is_due()
    assert sorted(told.values_list("user", flat=True)) == sorted(
        [answered.user_id, silent.user_id, silent.user_id]
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [((2016, 11, 30), (2017, 2, 28)), ((2016, 12, 1), (2017, 3, 1)), ((2015, 11, 29), (2016, 2, 29))],
)  # fmt: skip
def test_three_months_later_is_the_same_day_or_the_last_of_the_month(start, end):
    later = services.months_later(dt.datetime(*start, tzinfo=dt.UTC), 3)
    assert (later.year, later.month, later.day) == end


def test_the_check_after_asks_what_was_asked_before():
    module_check = make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    session = SessionFactory()
    before = services.open_evaluation(session, EvaluationKind.BEFORE)
    module_check.title = "Autre"
    module_check.questions.append(("knowledge", module_check.questions[0].value))
    module_check.save()
    check = services.open_evaluation(session, EvaluationKind.CHECK)
    assert list(check.versions.all()) == list(before.versions.all())


def test_a_week_before_whoever_has_not_answered_is_reminded(clock):
    make_template(EvaluationKind.BEFORE, [TEXT])
    session = SessionFactory()
    row = RegistrationFactory(session=session)
    services.open_before(session)
    services.tell_what_is_due()
    told = Notification.objects.filter(user=row.user, kind="learning.evaluation-before")
    assert not told.exists()
    clock.move_to(session.first_starts_at - 6 * DAY)
    services.tell_what_is_due()
    assert told.count() == 1


def test_a_cancelled_session_asks_nothing():
    make_template(EvaluationKind.BEFORE, [TEXT])
    session = SessionFactory()
    row = RegistrationFactory(session=session)
    services.open_before(session)
    cancel_session(session, by=None, reason="Trop peu d’inscrits")
    assert queries.to_answer(row.user) == []


# -- The page -------------------------------------------------------------------------------------


def test_an_answer_is_taken_and_thanked(client, session):
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    url = evaluation.get_absolute_url()
    assert "anonymes" in client.get(url).content.decode()
    response = client.post(url, filled(evaluation), follow=True)
    assert "Merci" in response.content.decode()
    assert Answer.objects.filter(sheet__evaluation=evaluation).count() == len(HOT)


def test_a_second_sending_changes_nothing(client, session):
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    client.post(evaluation.get_absolute_url(), filled(evaluation))
    first = sorted(Answer.objects.values_list("number", "text"), key=str)
    data = dict.fromkeys(filled(evaluation), "1")
    response = client.post(evaluation.get_absolute_url(), data)
    assert response.status_code == 200
    assert sorted(Answer.objects.values_list("number", "text"), key=str) == first


def test_an_error_loses_nothing(client, session):
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    data = filled(evaluation)
    wrong = next(name for name, value in data.items() if value == "4")
    response = client.post(evaluation.get_absolute_url(), data | {wrong: ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choisissez une réponse" in page
    assert "Le temps d’échange" in page and re.search(r'value="9"[^>]*checked', page)
    assert not AnswerSheet.objects.exists() and not Participation.objects.exists()


@pytest.mark.parametrize("value", ["6", "0", "-1", "abc", "4; DROP TABLE", "9" * 400, "\x00"])
def test_a_value_that_is_not_proposed_is_refused(client, session, value):
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    data = filled(evaluation)
    name = next(name for name, given in data.items() if given == "4")
    assert client.post(evaluation.get_absolute_url(), data | {name: value}).status_code == 422
    assert not AnswerSheet.objects.exists()


def test_a_text_that_is_too_long_is_refused(client, session):
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    data = filled(evaluation)
    name = next(name for name, given in data.items() if given.startswith("Le temps"))
    assert client.post(evaluation.get_absolute_url(), data | {name: "x" * 2001}).status_code == 422


def test_a_question_that_is_not_asked_is_not_kept(client, session):
    row = came(session)
    evaluation = make_evaluation(session)
    other = make_evaluation(SessionFactory(starts_in=-2 * DAY), EvaluationKind.COLD)
    client.force_login(row.user)
    foreign = {f"q-{question.uuid.hex}": "5" for question in questions_of(other)}
    client.post(
        evaluation.get_absolute_url(),
        filled(evaluation) | foreign | {f"q-{uuid.uuid4().hex}": "5", "registration": "1"},
    )
    assert Answer.objects.count() == len(HOT)
    assert set(Answer.objects.values_list("question__version", flat=True)) == set(
        evaluation.versions.values_list("pk", flat=True)
    )


def test_only_those_who_came_are_asked(client, session):
    evaluation = make_evaluation(session)
    others = [
        UserFactory(),
        RegistrationFactory(session=session, outcome=Outcome.ABSENT).user,
        came(SessionFactory(starts_in=-2 * DAY)).user,
    ]
    for user in others:
        client.force_login(user)
        assert client.get(evaluation.get_absolute_url()).status_code == 404
        assert client.post(evaluation.get_absolute_url(), {}).status_code == 404


def test_an_evaluation_that_is_planned_does_not_exist_yet(client, session):
    make_template(EvaluationKind.COLD)
    row = came(session)
    close(session)
    cold = Evaluation.objects.get(session=session, kind=EvaluationKind.COLD)
    client.force_login(row.user)
    assert client.get(cold.get_absolute_url()).status_code == 404


def test_after_its_time_limit_nothing_is_taken(client, session, clock):
    row = came(session)
    evaluation = make_evaluation(session)
    clock.shift(22 * 86400)
    client.force_login(row.user)
    response = client.post(evaluation.get_absolute_url(), filled(evaluation))
    assert "clos" in response.content.decode()
    assert not AnswerSheet.objects.exists()


# -- Knowledge ------------------------------------------------------------------------------------


def test_nothing_says_which_answer_is_right_before_the_session(client):
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    session = SessionFactory()
    row = RegistrationFactory(session=session)
    evaluation = services.open_before(session)
    client.force_login(row.user)
    page = client.get(evaluation.get_absolute_url()).content.decode()
    assert "dont un du champ social" not in page
    response = client.post(
        evaluation.get_absolute_url(), filled(evaluation), follow=True
    ).content.decode()
    assert "dont un du champ social" not in response and "Deux" not in response


def test_after_the_check_what_was_right_and_why_is_shown_with_the_progress(client, clock):
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    session = SessionFactory()
    row = RegistrationFactory(session=session)
    before = services.open_before(session)
    answer(before, registrations=[row], choice=0)
    clock.move_to(session.last_ends_at + DAY)
    row.outcome = Outcome.ATTENDED
    row.save()
    close(session)
    check = Evaluation.objects.get(session=session, kind=EvaluationKind.CHECK)
    client.force_login(row.user)
    response = client.post(check.get_absolute_url(), filled(check), follow=True)
    page = response.content.decode()
    assert "dont un du champ social" in page and "Appris depuis la session" in page


def test_not_to_know_is_an_answer_and_not_a_right_one(client, session):
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    row = came(session)
    check = make_evaluation(session, EvaluationKind.CHECK)
    client.force_login(row.user)
    data = dict.fromkeys(filled(check), "?")
    client.post(check.get_absolute_url(), data)
    assert list(Answer.objects.values_list("is_right", flat=True)) == [False]


# -- Who and what are kept apart ------------------------------------------------------------------


def test_no_column_of_an_anonymous_sheet_leads_to_a_person_or_a_moment(session):
    evaluation = make_evaluation(session)
    answer(evaluation, 6, text="Merci")
    assert set(AnswerSheet.objects.values_list("registration", flat=True)) == {None}
    for model, allowed in (
        (AnswerSheet, {"uuid", "evaluation", "registration"}),
        (Answer, {"uuid", "sheet", "question", "number", "text", "is_right", "choices"}),
        (Participation, {"uuid", "evaluation", "registration", "on"}),
    ):
        fields = {field.name for field in model._meta.get_fields() if field.concrete}
        assert fields == allowed, model
    assert Participation._meta.get_field("on").get_internal_type() == "DateField"


def written_order(model):
    """The order in which the database holds the rows of a table, whatever their keys."""
    column = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT uuid FROM {model._meta.db_table} ORDER BY {column}")
        return [uuid.UUID(str(row[0])) for row in cursor.fetchall()]


def test_the_order_in_which_sheets_are_written_is_not_that_of_the_people(monkeypatch, session):
    """Each answer has all those before written anew, shuffled: here the shuffle turns them round."""
    monkeypatch.setattr(urn._random, "shuffle", lambda rows: rows.reverse())
    evaluation = make_evaluation(session)
    for number in (1, 2, 3):
        answer(evaluation, number=number)
    numbers = dict(Answer.objects.filter(question__type="scale").values_list("sheet", "number"))
    assert [numbers[pk] for pk in written_order(AnswerSheet)] == [3, 1, 2]


def test_answers_at_hand_together_are_shuffled_once_and_all_of_them(monkeypatch, session):
    shaken = []
    monkeypatch.setattr(
        urn._random, "shuffle", lambda rows: (shaken.append(len(rows)), rows.reverse())
    )
    evaluation = make_evaluation(session)
    answer(evaluation, number=1)
    scale = next(each for each in questions_of(evaluation) if each.type == "scale")
    ballots = [(came(session), [urn.Given(scale, number=number)]) for number in (2, 3)]
    urn.put_together(evaluation, ballots)
    numbers = dict(Answer.objects.filter(question=scale).values_list("sheet", "number"))
    assert [numbers[pk] for pk in written_order(AnswerSheet)] == [3, 2, 1]
    assert shaken == [1, 3]
    with pytest.raises(urn.AlreadyAnswered):
        urn.put_together(evaluation, [(came(session), []), ballots[0]])
    assert Participation.objects.count() == AnswerSheet.objects.count() == 3


def test_no_key_of_a_sheet_outlives_the_next_answer(session):
    evaluation = make_evaluation(session)
    answer(evaluation, 3)
    sheets, answers = (
        set(AnswerSheet.objects.values_list("pk", flat=True)),
        set(Answer.objects.values_list("pk", flat=True)),
    )
    answer(evaluation)
    assert not sheets & set(AnswerSheet.objects.values_list("pk", flat=True))
    assert not answers & set(Answer.objects.values_list("pk", flat=True))


def test_shaking_the_box_loses_no_answer(session):
    make_template(EvaluationKind.HOT, [*HOT, MULTIPLE, SCALE])
    evaluation = make_evaluation(session)
    for number in range(1, 6):
        answer(evaluation, number=number, text=f"texte {number}", choice=number % 2)
    rows = Answer.objects.filter(sheet__evaluation=evaluation)
    assert rows.count() == 5 * 6
    texts = set(rows.filter(question__type="text").values_list("text", flat=True))
    assert texts == {f"texte {number}" for number in range(1, 6)}
    for sheet in AnswerSheet.objects.filter(evaluation=evaluation):
        number = sheet.answers.filter(question__type="scale").first().number
        assert sheet.answers.get(question__type="text").text == f"texte {number}"
        assert {c.order for a in sheet.answers.all() for c in a.choices.all()} == {number % 2}


def test_a_tally_counts_what_was_answered(session):
    evaluation = make_evaluation(session)
    answer(evaluation, 4, number=5)
    answer(evaluation, 2, number=1)
    scale = Tally.objects.filter(evaluation=evaluation, question__type="scale")
    assert dict(scale.values_list("value", "count")) == {Tally.TOTAL: 6, 5: 4, 1: 2}
    assert set(scale.values_list("answers", flat=True)) == {6}


def test_where_answers_are_linked_the_person_is_told_first(client, session):
    make_template(EvaluationKind.HOT, anonymous=False)
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    assert "liées à votre inscription" in client.get(evaluation.get_absolute_url()).content.decode()
    client.post(evaluation.get_absolute_url(), filled(evaluation))
    assert AnswerSheet.objects.get().registration == row


@pytest.mark.django_db(transaction=True)
def test_one_person_sending_at_once_answers_once(session):
    row = came(session)
    others = [came(session) for _number in range(3)]
    evaluation = make_evaluation(session)
    questions = questions_of(evaluation)
    outcomes = []

    def send(registration):
        try:
            given = [urn.Given(questions[0], number=3)]
            urn.put(evaluation, registration, given)
            outcomes.append("taken")
        except urn.AlreadyAnswered:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(r,)) for r in [row] * 5 + others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already"] * 4 + ["taken"] * 4
    assert AnswerSheet.objects.filter(evaluation=evaluation).count() == 4
    assert Tally.objects.get(evaluation=evaluation, value=3).count == 4


# -- Versions -------------------------------------------------------------------------------------


def test_a_version_that_is_asked_is_never_altered(session):
    template = make_template(EvaluationKind.HOT)
    evaluation = make_evaluation(session)
    asked = [question.text for question in questions_of(evaluation)]
    template.questions[0].value["text"] = "Autre question"
    template.save()
    assert [question.text for question in questions_of(evaluation)] == asked
    assert list(template.versions.values_list("number", flat=True)) == [1, 2]
    later = make_evaluation(SessionFactory(starts_in=-2 * DAY))
    first, second = questions_of(evaluation)[0], questions_of(later)[0]
    assert second.text == "Autre question" and first.uuid == second.uuid


def test_saving_what_nobody_is_asked_makes_no_version():
    template = make_template(EvaluationKind.HOT)
    template.save()
    template.questions[0].value["text"] = "Autre question"
    template.save()
    assert list(template.versions.values_list("number", flat=True)) == [1]


def test_a_module_has_its_own_questions_before_the_general_ones(session):
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    own = make_template(EvaluationKind.CHECK, [KNOWLEDGE, KNOWLEDGE], module=session.module)
    evaluation = make_evaluation(session, EvaluationKind.CHECK)
    assert [version.template for version in evaluation.versions.all()] == [own]


# -- Personal data --------------------------------------------------------------------------------


def test_one_takes_away_what_is_linked_and_that_one_answered(session):
    make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    row = came(session)
    answer(make_evaluation(session, EvaluationKind.CHECK), registrations=[row], choice=1)
    answer(make_evaluation(session), registrations=[row], text="Un secret")
    held = registry.personal_data.get("learning.evaluations").export(row.user)
    assert {entry["asked"] for entry in held["evaluations answered"]} == {"check", "hot"}
    assert held["evaluation answers"][0]["answers"][0]["choices"] == ["Deux"]
    assert "Un secret" not in str(held)


def test_erasing_somebody_cuts_the_link_and_takes_their_texts_away(session):
    make_template(EvaluationKind.HOT, anonymous=False)
    row = came(session)
    answer(make_evaluation(session), registrations=[row], text="Je m’appelle Nour")
    registry.personal_data.get("learning.evaluations").erase(row.user)
    assert AnswerSheet.objects.get().registration is None
    assert not Answer.objects.exclude(text="").exists()


def test_links_end_a_year_after_closing_and_texts_after_three(clock, session):
    make_template(EvaluationKind.HOT, anonymous=False)
    close(session)
    row = came(session)
    answer(make_evaluation(session), registrations=[row], text="Bien")
    data = registry.personal_data.get("learning.evaluations")
    clock.shift(360 * 86400)
    assert data.purge() == 0
    clock.shift(6 * 86400)
    data.purge()
    assert AnswerSheet.objects.get().registration is None
    assert Answer.objects.filter(text="Bien").exists()
    clock.shift(2 * 366 * 86400)
    data.purge()
    assert not Answer.objects.filter(text="Bien").exists()


def test_what_awaits_an_answer_stands_among_what_is_to_do(client, session):
    row = came(session)
    evaluation = make_evaluation(session)
    client.force_login(row.user)
    page = client.get(reverse("learning:mine")).content.decode()
    assert evaluation.get_absolute_url() in page
    answer(evaluation, registrations=[row])
    assert (
        evaluation.get_absolute_url() not in client.get(reverse("learning:mine")).content.decode()
    )


# -- Writing questionnaires -----------------------------------------------------------------------


def test_the_questionnaires_that_are_shipped_are_whole_and_come_once():
    slugs = [entry["module"] for entry in shipped._read("checks.yaml")]
    for slug in slugs:
        ModuleFactory(slug=slug)
    assert shipped.ship() == len(slugs) == 7
    assert shipped.ship() == 0
    found = EvaluationTemplate.objects.all()
    counts = {row.kind: len(row.questions) for row in found.filter(module=None)}
    assert counts["hot"] <= 8 and counts["cold"] == 6
    for template in found:
        template.full_clean()
        template.questions.stream_block.clean(template.questions)
        version = template.versions.get()
        assert version.questions.count() == len(template.questions)
    checks = EvaluationQuestion.objects.filter(type="knowledge")
    assert all(
        4 <= row.questions.count() <= 6
        for row in EvaluationVersion.objects.filter(template__kind="check")
    )
    assert not checks.filter(explanation="").exists()
    assert not checks.exclude(choices__is_right=True).exists()


def test_what_an_editor_took_out_of_use_does_not_come_back():
    EvaluationTemplate.objects.filter(kind="hot").update(is_active=False)
    shipped.ship()
    assert not EvaluationTemplate.objects.filter(kind="hot", is_active=True).exists()


def test_two_templates_in_use_do_not_ask_at_the_same_moment():
    make_template(EvaluationKind.HOT)
    with pytest.raises(ValidationError, match="même moment"):
        EvaluationTemplate(kind="hot", title="Autre", questions=[]).full_clean()


def test_a_question_of_knowledge_without_a_right_answer_is_refused():
    template = make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    for choice in template.questions[0].value["choices"]:
        choice["is_right"] = False
    with pytest.raises(ValidationError):
        template.questions.stream_block.clean(template.questions)


def test_knowledge_is_asked_in_a_check_alone():
    template = make_template(EvaluationKind.CHECK, [KNOWLEDGE])
    template.kind = EvaluationKind.HOT
    with pytest.raises(ValidationError, match="connaissances"):
        template.full_clean()


def test_the_national_team_previews_a_template(client):
    template = make_template(EvaluationKind.CHECK, [KNOWLEDGE, *HOT])
    user = UserFactory(role="national-team")
    client.force_login(user)
    kind = "learning_evaluationtemplate"
    assert client.get(reverse(f"wagtailsnippets_{kind}:list")).status_code == 200
    assert (
        client.get(reverse(f"wagtailsnippets_{kind}:copy", args=[template.pk])).status_code == 200
    )
    page = template.make_preview_request().content.decode()
    assert "Combien d’opérateurs au moins" in page and "dont un du champ social" not in page


def test_the_page_of_a_registration_offers_the_questions(client):
    make_template(EvaluationKind.BEFORE, [TEXT])
    session = SessionFactory()
    row = RegistrationFactory(session=session)
    evaluation = services.open_before(session)
    client.force_login(row.user)
    assert evaluation.get_absolute_url() in client.get(row.get_absolute_url()).content.decode()
