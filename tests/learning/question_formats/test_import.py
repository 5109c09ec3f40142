"""Questions enter the bank from a file: all reported first, then all or none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.factories import UserFactory
from learning.models import Question, QuestionImport, QuestionVersion
from learning.question_formats import moodle, services
from learning.question_formats.moodle_writer import Written, write
from learning.quizzes.content import from_json
from learning.quizzes.factories import contents

from .strategies import without_ids

pytestmark = pytest.mark.django_db
GIFT = """$CATEGORY: $course$/top/Accueil

::Bonjour:: Saluer d’abord ? {T}

Racontez. {}

::Carte:: [html]<p>Quel <img src="x.png"> papier ?</p>{=carte vitale}
"""


@pytest.fixture
def author(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def sent(content, name="questions.txt"):
    content = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, content)


def test_every_question_is_reported_and_none_is_in_the_bank_yet(author):
    batch = services.stage(sent(GIFT), theme="Divers", by=author)
    rows = [(r.position, r.line, r.name, r.category, r.verdict) for r in batch.rows.all()]
    assert rows == [
        (1, 3, "Bonjour", "Accueil", "exact"),
        (2, 5, "Racontez.", "Accueil", "refused"),
        (3, 7, "Carte", "Accueil", "lossy"),
    ]
    assert all(row.reasons for row in batch.rows.exclude(verdict="exact"))
    assert not Question.objects.exists()


def test_refused_ones_keep_all_out_unless_one_leaves_them_out(author):
    batch = services.stage(sent(GIFT), theme="Divers", by=author)
    with pytest.raises(services.Incomplete):
        services.write(batch, by=author)
    assert not Question.objects.exists()
    assert services.write(batch, by=author, partly=True) == 2
    assert services.write(batch, by=author, partly=True) == 0
    held = {(row.title, row.theme.name, row.kind) for row in Question.objects.all()}
    assert held == {("Bonjour", "Accueil", "true_false"), ("Carte", "Accueil", "short")}


def test_a_fault_at_the_end_leaves_nothing_behind(author, monkeypatch):
    batch = services.stage(sent("A ? {T}\n\nB ? {F}"), theme="Divers", by=author)
    monkeypatch.setattr(services, "log", lambda **_kw: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.write(batch, by=author)
    assert not Question.objects.exists()
    assert QuestionImport.objects.get().state == "read"


def test_the_whole_bank_leaves_and_comes_back(author):
    held = [Written(kind, "Divers", from_json(data)) for kind, data in contents().items()]
    batch = services.stage(sent(write(held), "q.xml"), theme="Autre", by=author)
    assert batch.format == "moodle"
    services.write(batch, by=author)
    rows = {row.title: row.version.read() for row in Question.objects.select_related("version")}
    assert {name: without_ids(content) for name, content in rows.items()} == {
        each.name: without_ids(each.content) for each in held
    }
    assert QuestionVersion.objects.count() == len(held)


def test_by_the_screens_from_the_file_to_the_bank_and_back(client, author):
    address = reverse("learning_questions_import")
    assert client.get(address).status_code == 200
    response = client.post(address, {"file": sent(GIFT), "theme": "Divers"})
    report = response.url
    text = client.get(report).content.decode()
    assert "Racontez." in text
    client.post(report)
    assert not Question.objects.exists()
    client.post(report, {"partly": "on"})
    assert Question.objects.count() == 2
    address = reverse("learning_questions_export")
    assert client.get(address).status_code == 200
    response = client.get(address, {"file": "1"})
    assert [each.name for each in moodle.read(response.content)] == ["Bonjour", "Carte"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<quiz",
        b"\xff\xfe\x00",
        b"<!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>",
        b"   \n",
        b"a\x00b",
    ],
)
def test_a_hostile_file_gets_a_message(client, author, content):
    address = reverse("learning_questions_import")
    response = client.post(address, {"file": sent(content), "theme": "Divers"})
    assert response.status_code == 422
    assert "error-message" in response.content.decode()
    assert not QuestionImport.objects.exists()


def test_nobody_else_reads_what_was_sent(client, author):
    batch = services.stage(sent("A ? {T}"), theme="Divers", by=UserFactory())
    assert client.get(reverse("learning_questions_imported", args=[batch.uuid])).status_code == 404
