"""The file of a path holds its other languages: what leaves comes back, and what cannot is said."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale, Page

from accounts.factories import UserFactory
from cms.factories import SiteImageFactory
from cms.models import SiteImage
from cms.translating import translate_page
from learning.authoring import exporting, importing
from learning.factories import catalogue
from learning.models import ChapterPage, LearningPathPage, Question, UnitPage
from learning.paths.factories import make_path
from learning.quizzes import wording
from learning.quizzes.factories import make_question, make_quiz
from learning.quizzes.pictured import Picture, pictures_of
from learning.quizzes.texts import texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(is_superuser=True)


@pytest.fixture
def english():
    return Locale.objects.get_or_create(language_code="en")[0]


def units(page):
    return list(UnitPage.objects.descendant_of(page).order_by("path"))


@pytest.fixture
def page(english):
    path = make_path({"title": "Lire", "act": "Essayez."}, {"title": "Trier"}, title="Accueillir")
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    stream = UnitPage._meta.get_field("content")

    def text(words):
        value = {"body": [{"type": "rich_text", "value": f"<p>{words}</p>", "id": "t"}]}
        return stream.to_python([{"type": "text", "value": value, "id": "u"}])

    first = units(page)[0]
    first.content = text("Bonjour")
    first.save()
    above = page.get_parent().specific
    if not above.has_translation(english):
        above.copy_for_translation(english, copy_parents=True)
    for each in [page, ChapterPage.objects.child_of(page).get(), *units(page)]:
        words = each.specific_class.objects.get(pk=each.pk)
        words.title = f"{each.title} in English"
        if each.pk == first.pk:
            words.act, words.content = "Try it.", text("Hello")
        translate_page(each, words, english)
    return page


def data_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return json.loads(held.read("path.json"))


def with_data(data):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("path.json", json.dumps(data))
    return target.getvalue()


def exported(page):
    with exporting.export(page) as file:
        return file.read()


def staged(content, author):
    file = SimpleUploadedFile("p.zip", content)
    return importing.stage(file, by=author, catalogue=catalogue())


def imported(content, author):
    row = staged(content, author)
    assert row.state == "read", row.findings
    return row, importing.write(row, by=author, catalogue=catalogue())


def test_the_english_of_a_path_leaves_and_comes_back_as_drafts(page, author, english):
    row, made = imported(exported(page), author)
    found = [made, ChapterPage.objects.child_of(made).get(), *units(made)]
    translated = [each.get_translation(english).specific for each in found]
    assert [each.title for each in translated] == [
        "Accueillir in English",
        "Chapitre in English",
        "Lire in English",
        "Trier in English",
    ]
    assert translated[2].act == "Try it."
    assert "Hello" in str(translated[2].content)
    assert not any(each.live for each in translated)
    assert row.holds["languages"] == [{"language": "Anglais", "pages": 4, "questions": 0}]
    assert not any("French" in each["text"] for each in row.findings)


def test_the_report_on_the_screen_says_what_came_in_which_language(page, author, client):
    row = staged(exported(page), author)
    client.force_login(author)
    text = client.get(reverse("learning_path_imported", args=[row.uuid])).content.decode()
    assert "Anglais : 4 pages" in text


def test_trying_a_file_makes_no_page_in_any_language(page, author):
    before = Page.objects.count()
    staged(exported(page), author)
    assert Page.objects.count() == before


def test_a_language_that_the_site_lacks_is_named_and_left_out(page, author):
    data = data_of(exported(page))
    data["translations"]["de"] = data["translations"].pop("en")
    row, made = imported(with_data(data), author)
    assert any("Allemand" in each["text"] or "allemand" in each["text"] for each in row.findings)
    assert row.holds["languages"] == []
    assert not made.get_translations().exists()


def test_a_file_without_translations_is_read_as_before(page, author):
    data = data_of(exported(page))
    del data["translations"], data["path"]["key"]
    for chapter in data["chapters"]:
        del chapter["key"]
    row, made = imported(with_data(data), author)
    assert row.holds["languages"] == []
    assert len(units(made)) == 2


def test_words_that_match_nothing_stay_in_french_and_are_counted(page, author, english):
    data = data_of(exported(page))
    unit = data["translations"]["en"][str(units(page)[0].translation_key)]
    unit["content"][0]["value"]["body"] = []
    row, made = imported(with_data(data), author)
    assert any(each["level"] == "warning" and "français" in each["text"] for each in row.findings)
    assert "Bonjour" in str(units(made)[0].get_translation(english).content)


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"title": ["x"]},
        {"title": "x" * 300},
        {"title": "Read", "content": {"a": 1}},
        {"title": "Read", "content": [{"type": "zz", "value": 1}]},
    ],
)
def test_a_malformed_translation_refuses_the_file(page, author, said):
    data = data_of(exported(page))
    data["translations"]["en"][str(units(page)[0].translation_key)] = said
    before = Page.objects.count()
    assert staged(with_data(data), author).state == "refused"
    assert Page.objects.count() == before


@pytest.mark.parametrize("held", [[], {"en": []}, {"en": {"x": 3}}, {"../en": {}}, "en", {"": {}}])
def test_translations_of_another_shape_are_left_aside(page, author, held):
    data = data_of(exported(page)) | {"translations": held}
    assert staged(with_data(data), author).state == "read"


def test_questions_travel_with_their_wordings_and_pictures(author, english):
    image = SiteImageFactory()
    question = make_question(text=f"<p>Où ?</p>{Picture(image=image.pk, alt='Un plan')}")
    said = {place: f"EN {text}" for place, text in texts_of(question.version.read()).items()}
    wording.write(question, "en", said, by=None)
    path, _unit = make_quiz(question)
    content = exported(LearningPathPage.objects.get(translation_key=path.uuid))
    UnitPage.objects.all().delete()
    Question.objects.update(version=None)
    Question.objects.all().delete()
    row, _made = imported(content, author)
    assert row.holds["languages"] == [{"language": "Anglais", "pages": 0, "questions": 1}]
    there = Question.objects.get()
    (picture,) = pictures_of(there.version.read().text)
    assert picture.image != image.pk
    assert SiteImage.objects.filter(pk=picture.image).exists()
    assert there.pictures.get().image_id == picture.image
    worded = wording.wording_of(there, "en").texts
    assert worded["text"].startswith("EN")
    assert pictures_of(worded["text"])[0].image == picture.image


def test_a_question_of_the_file_names_no_picture_of_the_site(author):
    image = SiteImageFactory()
    path, _unit = make_quiz(make_question())
    data = data_of(exported(LearningPathPage.objects.get(translation_key=path.uuid)))
    asked = data["chapters"][0]["units"][0]["content"][0]["value"]["asked"][0]["value"]["$row"]
    asked["key"] = "3f6b6c0e-6f0e-4b0f-8a53-1d1a7a3f4c11"
    asked["content"]["text"] = f"<p>Où ?</p>{Picture(image=image.pk, alt='x')}"
    imported(with_data(data), author)
    there = Question.objects.get(uuid=asked["key"])
    assert pictures_of(there.version.read().text) == []
