"""A path in a file takes the questions of its quizzes along."""

import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.factories import UserFactory
from learning.authoring import exporting, importing
from learning.factories import catalogue
from learning.models import BankTheme, LearningPathPage, Question, UnitPage
from learning.quizzes.factories import make_question, make_quiz, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(is_superuser=True)


@pytest.fixture
def page():
    """A quiz that names a question and draws two of a theme."""
    path, unit = make_quiz()
    theme = make_theme("Accueil")
    pooled = [make_question("short", theme=theme), make_question("numeric", theme=theme)]
    one = make_question("matching")
    held = UnitPage.objects.get(translation_key=unit.uuid)
    raw = list(held.content.raw_data)
    raw[0]["value"]["asked"] = [
        {"type": "question", "value": one.pk},
        {"type": "pool", "value": {"theme": theme.pk, "count": len(pooled)}},
    ]
    held.content = UnitPage._meta.get_field("content").to_python(raw)
    held.save()
    return LearningPathPage.objects.get(translation_key=path.uuid)


def exported(page):
    with exporting.export(page) as file:
        return SimpleUploadedFile("p.zip", file.read())


def imported(file, author):
    row = importing.stage(file, by=author, catalogue=catalogue())
    assert row.state == "read", row.findings
    return importing.write(row, by=author, catalogue=catalogue())


def asked(page):
    unit = next(u for u in UnitPage.objects.descendant_of(page) if u.kind == "quiz")
    return unit.content[0].value["asked"]


def test_on_the_same_site_the_questions_are_the_same_rows(page, author):
    before = Question.objects.count()
    question, pool = asked(imported(exported(page), author))
    old_question, old_pool = asked(page)
    assert question.value == old_question.value
    assert pool.value["theme"] == old_pool.value["theme"]
    assert Question.objects.count() == before


def test_on_another_site_the_questions_come_along(page, author):
    file = exported(page)
    titles = set(Question.objects.values_list("title", flat=True))
    UnitPage.objects.descendant_of(page).delete()
    Question.objects.update(version=None)
    Question.objects.all().delete()
    BankTheme.objects.all().delete()
    question, pool = asked(imported(file, author))
    assert question.value.version.read().kind == "matching"
    assert (pool.value["theme"].name, pool.value["count"]) == ("Accueil", 2)
    assert pool.value["theme"].questions.count() == 2
    assert set(Question.objects.values_list("title", flat=True)) <= titles


def test_a_question_that_cannot_be_asked_refuses_the_file(page, author):
    content = exported(page).read()
    with zipfile.ZipFile(SimpleUploadedFile("p.zip", content)) as held:
        data = json.loads(held.read("path.json"))
    unit = next(u for u in data["chapters"][0]["units"] if u["content"][0]["type"] == "quiz")
    unit["content"][0]["value"]["asked"][0]["value"]["$row"]["content"] = {"kind": "single"}
    target = SimpleUploadedFile("p.zip", b"")
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("path.json", json.dumps(data))
    target = SimpleUploadedFile("p.zip", target.file.getvalue())
    before = Question.objects.count()
    row = importing.stage(target, by=author, catalogue=catalogue())
    assert row.state == "refused"
    assert Question.objects.count() == before
