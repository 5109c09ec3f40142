"""A question in another language: same key, same answers, other words."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from accounts.factories import UserFactory
from cms.translating import translate_page
from learning.models import QuestionWording, UnitPage
from learning.paths.factories import make_enrolment
from learning.quizzes import wording
from learning.quizzes.content import InvalidContent, grade
from learning.quizzes.factories import (
    contents,
    correct,
    make_question,
    make_quiz,
    right_fields,
    start,
)
from learning.quizzes.services import Sent, submit
from learning.quizzes.texts import texts_of, with_texts
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def english(question):
    """Every text of a question, marked."""
    return {place: f"EN {text}" for place, text in texts_of(question.version.read()).items()}


def worded(kind="single", **changes):
    question = make_question(kind, **changes)
    wording.write(question, "en", english(question), by=None)
    return question


@pytest.fixture
def agent(client):
    user = MembershipFactory(user=UserFactory(), role="agent").user
    client.force_login(user)
    return user


def quiz_in_english(agent, *questions):
    path, unit = make_quiz(*questions)
    page = UnitPage.objects.get(translation_key=unit.uuid)
    locale = Locale.objects.get_or_create(language_code="en")[0]
    above = page.get_parent().get_parent().get_parent().specific
    if not above.has_translation(locale):
        above.copy_for_translation(locale, copy_parents=True)
    for each in [*page.get_ancestors().filter(depth__gt=above.depth).specific(), page]:
        translate_page(each, each, locale).get_latest_revision().publish()
    return start(make_enrolment(path, agent), unit), unit


def page_of(client, attempt, language):
    with translation.override(language):
        return client.get(attempt.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", list(contents()))
def test_what_is_right_is_the_same_in_every_language(kind):
    question = worded(kind)
    french = question.version.read()
    texts = QuestionWording.objects.get().texts
    other = with_texts(french, texts)
    assert set(texts) == set(texts_of(french))
    assert other.right() == french.right()
    assert list(other.ids()) == list(french.ids())
    assert grade(other, french.right()).score == 1


def test_the_quiz_asks_in_the_language_of_its_unit(client, agent):
    attempt, _unit = quiz_in_english(agent, worded(), make_question("true_false"))
    page = page_of(client, attempt, "en")
    assert "EN Lire" in page
    assert page.count('lang="fr">') >= 1
    assert '<div lang="fr"><p>Que faites-vous ?</p></div>' in page
    french = page_of(client, attempt, "fr")
    assert "EN Lire" not in french
    assert '<div lang="fr">' not in french


def test_a_unit_that_is_not_translated_asks_in_french_and_says_so(client, agent):
    path, unit = make_quiz(worded())
    attempt = start(make_enrolment(path, agent), unit)
    page = page_of(client, attempt, "en")
    assert "EN Lire" not in page
    assert '<div lang="fr"><p>Que faites-vous ?</p></div>' in page


def test_an_answer_given_in_english_is_read_and_graded_as_in_french(client, agent):
    attempt, _unit = quiz_in_english(agent, worded())
    with translation.override("en"):
        held, _conflicts = submit(attempt, Sent(right_fields(attempt)))
    assert held.score == 1
    review = page_of(client, held, "en")
    assert "EN Lire" in review
    assert "EN <p>Relisez le courrier.</p>" in review


def test_another_key_keeps_the_wording_and_another_text_does_not():
    question = worded("true_false")
    correct(
        question, answer=False, feedback_true=texts_of(question.version.read())["feedback_true"]
    )
    assert wording.wording_of(question, "en") is not None
    correct(question, text="<p>Que direz-vous ?</p>")
    assert wording.wording_of(question, "en") is None
    assert wording.last_texts(question, "en")["text"].startswith("EN")


def test_a_wording_is_whole_and_says_different_things():
    question = make_question()
    said = english(question)
    with pytest.raises(InvalidContent):
        wording.write(question, "en", {**said, "text": ""}, by=None)
    with pytest.raises(InvalidContent):
        wording.write(question, "en", {**said, "choices.b.text": said["choices.a.text"]}, by=None)
    assert not QuestionWording.objects.exists()


@pytest.mark.parametrize("kind", ["single", "matching"])
def test_an_editor_words_a_question_from_the_bank(client, kind):
    client.force_login(UserFactory(is_superuser=True))
    question = make_question(kind)
    edit = reverse("wagtailsnippets_learning_question:edit", args=[question.pk])
    address = reverse("learning_question_wording", args=[question.pk, "en"])
    assert address in client.get(edit).content.decode()
    form = client.get(address).context["form"]
    raw = '{"blocks":[{"key":"a","text":"%s","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}'
    plain = {"matching": "options"}.get(kind, "-")
    data = {
        name: f"Word {n}" if name.startswith(plain) else raw % f"Word {n}"
        for n, name in enumerate(form.fields)
    }
    assert client.post(address, {**data, next(iter(data)): raw % ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    texts = QuestionWording.objects.get().texts
    assert "Word 0" in texts["text"]
    assert len(texts) == len(texts_of(question.version.read()))


def test_an_unknown_language_is_not_found(client):
    client.force_login(UserFactory(is_superuser=True))
    question = make_question()
    for code in ("fr", "zz"):
        address = reverse("learning_question_wording", args=[question.pk, code])
        assert client.get(address).status_code == 404
