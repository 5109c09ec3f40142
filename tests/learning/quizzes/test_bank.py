"""The bank: written in the admin by editors and trainers, versioned, taken to the bin and back."""

import json

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from cms import bin as trash
from cms.models import BinEntry
from learning.following.factories import make_cohort
from learning.models import Question
from learning.paths.factories import make_enrolment
from learning.quizzes import bank
from learning.quizzes.content import load, to_json
from learning.quizzes.factories import contents, correct, make_question, make_quiz, start
from learning.quizzes.preview import preview_context
from learning.quizzes.services import submit
from learning.quizzes.writing import as_blocks, content_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(contents()))
def test_what_is_written_in_blocks_is_what_is_asked(kind):
    question = make_question(kind)
    body = Question._meta.get_field("body").to_python(as_blocks(question.version.read()))

    assert to_json(content_of(body)) == question.version.content
    assert load(question.version.content).right() is not None


def test_another_content_is_another_version_and_the_same_is_none():
    author = UserFactory()
    question = make_question()
    question.title = "Un autre nom"
    question.save(by=author)
    assert question.versions.count() == 1

    correct(question, by=author, text="<p>Que dites-vous ?</p>")

    question.refresh_from_db()
    assert [row.number for row in question.versions.all()] == [1, 2]
    assert (question.version.number, question.version.created_by) == (2, author)
    assert question.text == "Que dites-vous ?"


def test_answers_share_the_points_without_anybody_counting():
    rows = [
        {"text": "Un", "is_right": True, "share": None},
        {"text": "Deux", "is_right": True, "share": None},
        {"text": "Trois", "is_right": False, "share": None},
    ]
    value = {"text": "Lesquels ?", "grade": 1, "choices": rows, "whole": False}
    body = Question._meta.get_field("body").to_python([{"type": "multiple", "value": value}])

    assert [choice.fraction for choice in content_of(body).choices] == [0.5, 0.5, -0.5]


def test_a_question_in_the_bin_is_asked_no_more_and_comes_back():
    team = UserFactory(role="national-team")
    question = make_question()
    bank.put_in_bin([question], by=team)
    assert not Question.objects.in_use().exists()

    trash.restore(BinEntry.objects.get(), team)

    question.refresh_from_db()
    assert question.binned_at is None
    assert question.version.number == 1


def test_a_question_that_a_quiz_names_stays_out_of_the_bin():
    question = make_question()
    make_quiz(question)

    with pytest.raises(bank.CannotBin):
        bank.put_in_bin([question], by=UserFactory())


def form_of(question, **changes):
    """What the admin's form of a question with one right answer sends."""
    prefix = "body-0-value"
    data = {
        "title": question.title,
        "theme": str(question.theme_id),
        "source": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "single",
        "body-0-id": question.body[0].id,
        f"{prefix}-grade": "1",
        f"{prefix}-choices-count": "3",
    }
    for name in ("text", "feedback", "when_right", "when_partial", "when_wrong"):
        data[f"{prefix}-{name}"] = rich("Que faites-vous ?" if name == "text" else "")
    for number, (key, text, right) in enumerate(
        (("a", "Lire", "on"), ("b", "Renvoyer", ""), ("c", "Attendre", ""))
    ):
        row = f"{prefix}-choices-{number}"
        data |= {
            f"{row}-deleted": "",
            f"{row}-order": str(number),
            f"{row}-type": "item",
            f"{row}-id": key,
            f"{row}-value-text": rich(text),
            f"{row}-value-why": rich(""),
            f"{row}-value-share": "",
        }
        if right:
            data[f"{row}-value-is_right"] = right
    return {**data, **changes}


def rich(text):
    block = {"key": "k", "text": text, "type": "unstyled", "depth": 0}
    return json.dumps(
        {"blocks": [{**block, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}
    )


@pytest.mark.parametrize("role", ["trainer", "editor"])
def test_trainers_and_editors_write_in_the_admin(client, role, settings):
    settings.REQUIRE_MFA = False
    question = make_question()
    author = UserFactory(role=role)
    client.force_login(author)
    edit = reverse("wagtailsnippets_learning_question:edit", args=[question.pk])
    listed = client.get(reverse("wagtailsnippets_learning_question:list"), {"q": question.title})
    assert question.title in listed.content.decode()
    page = client.get(edit)
    assert page.status_code == 200
    other = {"body-0-value-choices-1-value-is_right": "on"}

    said = client.post(edit, {**form_of(question), **other})

    assert said.status_code == 302, said.context["form"].errors
    question.refresh_from_db()
    version = question.version
    assert (version.number, version.created_by) == (2, author)
    assert [c["fraction"] for c in version.content["choices"]] == [1, 1, 0]


@pytest.mark.parametrize("regrades", [True, False])
def test_correcting_a_key_says_that_answers_were_graded_by_the_former_one(
    client, settings, regrades
):
    settings.REQUIRE_MFA = False
    question, author = make_question(), UserFactory(role="trainer")
    path, unit = make_quiz(question)
    cohort = make_cohort(author if regrades else UserFactory(), path=path)
    client.force_login(author)
    edit = reverse("wagtailsnippets_learning_question:edit", args=[question.pk])
    key = {"body-0-value-choices-1-value-is_right": "on"}

    def told():
        text = client.post(edit, {**form_of(question), **key}, follow=True).content.decode()
        return "Les réponses données avant" in text, "Voir ce que changerait" in text

    assert told() == (False, False)
    submit(start(make_enrolment(path, cohort=cohort), unit))
    key = {"body-0-value-choices-2-value-is_right": "on"}
    assert told() == (True, regrades)


def test_a_question_without_a_right_answer_is_refused_with_words(client):
    question = make_question()
    client.force_login(UserFactory(role="trainer"))
    edit = reverse("wagtailsnippets_learning_question:edit", args=[question.pk])
    form = form_of(question)
    del form["body-0-value-choices-0-value-is_right"]

    said = client.post(edit, form)

    assert "Un des choix doit rapporter tous les points." in said.content.decode()
    assert question.versions.count() == 1


def test_deleting_in_the_admin_is_the_bin_and_the_last_change_is_undone(client):
    question = make_question()
    trainer = UserFactory(role="trainer")
    client.force_login(trainer)
    correct(question, by=trainer, text="<p>Faute</p>")
    client.post(reverse("learning_question_undo", args=[question.pk]))
    question.refresh_from_db()
    assert question.text == "Que faites-vous ?"
    assert question.version.number == 3

    client.post(reverse("wagtailsnippets_learning_question:delete", args=[question.pk]))

    question.refresh_from_db()
    assert question.binned_at is not None
    assert BinEntry.objects.get().deleted_by == trainer


def test_a_trainer_finds_nothing_else_in_the_admin(client):
    client.force_login(UserFactory(role="trainer"))

    for name in ("wagtailadmin_reports:site_history", "wagtailusers_users:index"):
        assert client.get(reverse(name)).status_code in {302, 403}
    assert client.get(reverse("wagtaildocs:index")).status_code in {302, 403}


def test_the_menu_of_a_trainer_leads_to_the_bank_and_its_pictures_alone(client):
    client.force_login(UserFactory(role="trainer"))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    for name in ("wagtailsnippets_learning_question:list", "wagtailimages:index"):
        assert f'"{reverse(name)}"' in page
    for closed in ("/admin/newsroom/", "/admin/localize/", "/admin/guide/", "/admin/reports/"):
        assert closed not in page


def test_the_preview_shows_the_question_then_its_review():
    context = preview_context(make_question())

    assert context["shown"].lines[0].text == "Lire"
    assert context["reviewed"].verdict == "right"
