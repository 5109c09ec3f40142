"""Pictures of questions: in with the file, checked as any upload, and out again."""

import base64
import datetime as dt
import io

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.factories import UserFactory
from cms.models import SiteImage
from cms.storages import private_storage
from learning.models import Question, QuestionImport
from learning.question_formats import moodle, personal, services
from learning.question_formats.moodle_writer import write
from learning.quizzes.pictured import pictures_of
from learning.quizzes.pictures import collection
from learning.quizzes.texts import texts_of

pytestmark = pytest.mark.django_db


def png(colour="red", size=(30, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def file(name, content):
    return f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(content).decode()}</file>'


def img(name, rest='alt="Un plan"'):
    return f'<img src="@@PLUGINFILE@@/{name}" {rest}>'


def quiz(text, files="", answer="<p>Oui</p>", answer_files=""):
    return f"""<quiz><question type="multichoice"><name><text>Une</text></name>
<questiontext format="html"><text><![CDATA[{text}]]></text>{files}</questiontext>
<answer fraction="100" format="html"><text><![CDATA[{answer}]]></text>{answer_files}</answer>
<answer fraction="0"><text>Non</text></answer></question></quiz>""".encode()


def only(content):
    (found,) = moodle.read(content)
    return found


@pytest.fixture
def author():
    return UserFactory(is_superuser=True)


def staged(content, author):
    return services.stage(SimpleUploadedFile("q.xml", content), theme="Accueil", by=author)


def test_a_described_picture_is_taken_exactly():
    found = only(quiz(f"<p>Où ? {img('plan%20b.png')}</p>", file("plan b.png", png())))
    assert (found.verdict, found.reasons) == ("exact", [])
    (picture,) = pictures_of(found.content["text"])
    assert picture.alt == "Un plan"
    assert found.pictures[picture.file].content == png()


def test_a_picture_that_nobody_describes_is_said_and_noted(author):
    batch = staged(quiz(f"<p>Où ? {img('a.png', '')}</p>", file("a.png", png())), author)
    (row,) = batch.rows.all()
    assert row.verdict == "lossy"
    assert "texte de remplacement" in row.reasons[0]
    services.write(batch, by=author)
    assert Question.objects.get().note


def test_a_picture_that_adorns_needs_no_words(author):
    adorns = 'alt="" role="presentation"'
    batch = staged(quiz(f"<p>Où ? {img('a.png', adorns)}</p>", file("a.png", png())), author)
    services.write(batch, by=author)
    assert Question.objects.get().note == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("faux.png", b"<svg onload='x'/>"),
        ("coupe.png", png(size=(400, 400))[:200]),
        ("dessin.svg", b"<svg/>"),
        ("photo.gif", png()),
        ("vide.png", b""),
    ],
)
def test_a_bad_picture_is_named_and_the_question_comes_without_it(name, content):
    found = only(quiz(f"<p>Où ? {img(name)}</p>", file(name, content)))
    assert found.verdict == "lossy"
    assert name in found.reasons[0]
    assert pictures_of(found.content["text"]) == []
    assert found.pictures == {}


def test_a_picture_of_too_many_pixels_is_never_unpacked(monkeypatch):
    monkeypatch.setattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", 100)
    loaded = []
    monkeypatch.setattr("cms.incoming.check_content", loaded.append)
    found = only(quiz(f"<p>Où ? {img('a.png')}</p>", file("a.png", png())))
    assert found.verdict == "lossy"
    assert loaded == []


def test_a_picture_elsewhere_is_not_fetched():
    found = only(quiz('<p>Où ? <img src="https://example.org/a.png" alt="A"></p>'))
    assert "example.org/a.png" in found.reasons[0]


def test_a_file_cannot_name_a_picture_of_the_site():
    found = only(quiz('<p>Où ? <embed embedtype="image" id="1" alt="x"/></p>'))
    assert pictures_of(found.content["text"]) == []


def test_a_question_may_be_a_picture_and_so_may_an_answer():
    found = only(quiz(img("a.png"), file("a.png", png()), img("b.png"), file("b.png", png("blue"))))
    assert found.verdict == "exact"
    assert pictures_of(found.content["choices"][0]["text"])


def test_pictures_enter_with_their_questions_and_leave_as_they_came(author):
    content = quiz(f"<p>Où ? {img('a.png')}</p>", file("a.png", png()))
    batch = staged(content, author)
    assert not SiteImage.objects.exists()
    services.write(batch, by=author)
    image = SiteImage.objects.get()
    assert (image.width, image.height, image.description) == (30, 20, "Un plan")
    question = Question.objects.get()
    assert [row.image for row in question.pictures.all()] == [image]
    assert image.collection == collection()
    found = only(write(services.to_write([question])))
    before = only(content)
    assert [held.content for held in found.pictures.values()] == [png()]
    assert found.content["text"] == before.content["text"]


def test_the_same_picture_twice_is_stored_once(author):
    twice = f"<p>{img('a.png')} ou {img('b.png')}</p>"
    batch = staged(quiz(twice, file("a.png", png()) + file("b.png", png())), author)
    services.write(batch, by=author)
    assert SiteImage.objects.count() == 1


def test_a_fault_at_the_end_leaves_neither_row_nor_file(author, monkeypatch):
    batch = staged(quiz(f"<p>{img('a.png')}</p>", file("a.png", png())), author)
    stored = []
    save = private_storage().save
    monkeypatch.setattr(
        "cms.incoming.Incoming.store",
        lambda self: stored.extend(self_store(self)) or stored,
    )

    def self_store(found):
        name = save("images/x/y/a.png", found.contents["file"])
        found.row.__dict__["file"] = name
        return [name]

    monkeypatch.setattr(services, "log", lambda **_kw: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.write(batch, by=author)
    assert not SiteImage.objects.exists()
    assert stored
    assert not any(private_storage().exists(name) for name in stored)


def test_without_its_file_nothing_is_written(author):
    batch = staged(quiz(f"<p>{img('a.png')}</p>", file("a.png", png())), author)
    batch.file.delete()
    with pytest.raises(services.Incomplete):
        services.write(QuestionImport.objects.get(), by=author)
    assert not Question.objects.exists()


def test_texts_of_a_picture_stay_plain_html(author):
    """What a hostile alternative text says stays a text."""
    alt = 'alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'
    found = only(quiz(f"<p>Où ? {img('a.png', alt)}</p>", file("a.png", png())))
    assert "<script" not in "".join(found.content["text"])
    from learning.quizzes.content import load

    assert all("<script" not in text for text in texts_of(load(found.content)).values())


def test_the_file_that_was_kept_ends_with_what_was_read_of_it(author):
    batch = staged(quiz(f"<p>{img('a.png')}</p>", file("a.png", png())), author)
    name = batch.file.name
    data = personal.PersonalData()
    assert data.purge() == 0
    assert private_storage().exists(name)
    assert data.purge(timezone.now() + dt.timedelta(days=31)) == 1
    assert not private_storage().exists(name)
