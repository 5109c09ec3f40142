"""Pictures of questions: who sees them, how they are shown, and what cleaning lets through."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from cms.factories import SiteImageFactory
from cms.files import Access, access_to
from learning.paths.factories import make_enrolment
from learning.quizzes import pictured
from learning.quizzes.factories import correct, make_question, make_quiz, start
from learning.quizzes.pictured import Picture
from maisons.factories import MembershipFactory

db = pytest.mark.django_db
PARTS = [
    *("<p>", "</p>", "<a title='", "'>", '"', ">", "x", "<embed src=x>", "<img>"),
    *("<img data-n='0'>", "<img data-n='zz'>", str(Picture(image=3, alt='a" onclick="x'))),
]


def showing(image, alt="Un plan"):
    return f"<p>Où ?</p>{Picture(image=image.pk, alt=alt)}"


def access(user, image):
    request = RequestFactory().get("/")
    request.user = user
    rendition = image.get_rendition("width-100")
    return access_to(image, rendition.file.name, request)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=8))
def test_cleaning_keeps_pictures_alone_and_again_changes_nothing(parts):
    html = pictured.clean("".join(parts))
    assert pictured.clean(html) == html
    assert "<img" not in html
    assert 'onclick="x' not in html
    assert all(tag == str(pictured.read(tag)) for tag in pictured.TAG.findall(html))


def test_a_picture_within_the_value_of_an_attribute_opens_no_tag():
    hostile = str(Picture(image=3, alt="x onmouseover=alert(1) y"))
    for inside in (hostile, '<img data-n="0">', "<img data-n='0'>"):
        html = pictured.clean(f"<a title='{inside}'>x</a>{hostile}")
        assert html.count("<embed") == 1
        assert html.endswith(hostile)


@db
def test_the_quiz_shows_pictures_with_their_words_whatever_their_number(client):
    agent = MembershipFactory(user=UserFactory(), role="agent").user
    client.force_login(agent)
    counts = []
    for number in (1, 4):
        questions = [make_question(text=showing(SiteImageFactory())) for _n in range(number)]
        path, unit = make_quiz(*questions)
        attempt = start(make_enrolment(path, agent), unit)
        client.get(attempt.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(attempt.get_absolute_url()).content.decode()
        assert page.count('alt="Un plan"') == number
        assert "<embed" not in page
        counts.append(len(queries))
    assert counts[0] == counts[1]


@db
def test_members_see_the_pictures_of_questions_and_nobody_else_does():
    image, other = SiteImageFactory(), SiteImageFactory()
    make_question(text=showing(image))
    agent = MembershipFactory(user=UserFactory(), role="agent").user
    assert access(agent, image) is Access.PERSONAL
    assert access(agent, other) is Access.NONE
    assert access(UserFactory(), image) is Access.NONE


@db
def test_naming_a_picture_that_one_may_not_choose_opens_it_to_nobody():
    image = SiteImageFactory()
    question = make_question(text=showing(image), by=UserFactory())
    agent = MembershipFactory(user=UserFactory(), role="agent").user
    assert access(agent, image) is Access.NONE
    own = SiteImageFactory(uploaded_by_user=UserFactory())
    correct(question, by=own.uploaded_by_user, text=showing(own))
    assert access(agent, own) is Access.PERSONAL


@db
def test_an_editor_adds_a_picture_by_hand(client):
    """The editor of texts offers pictures, and what it writes is kept with its words."""
    from learning.quizzes import writing
    from learning.quizzes.blocks import SingleBlock

    image = SiteImageFactory()
    text = SingleBlock().child_blocks["text"]
    assert "image" in text.features
    html = text.normalize(text.value_from_form(f"{showing(image)}<p></p>")).source
    question = make_question()
    question.body[0].value["text"] = text.normalize(html)
    assert writing.content_of(question.body).text == showing(image)


@db
def test_a_picture_that_is_gone_leaves_its_words():
    from learning.quizzes import pictures
    from learning.quizzes.content import load

    image = SiteImageFactory()
    content = load(make_question(text=showing(image)).version.content)
    image.delete()
    (shown,) = pictures.drawn([content])
    assert "Un plan" in shown.text


@db
def test_what_lists_say_of_a_picture_is_its_words():
    question = make_question(text=str(Picture(image=SiteImageFactory().pk, alt="Un plan d’accès")))
    assert question.text == "Un plan d’accès"


def test_what_lists_say_keeps_a_question_mark_with_its_word():
    said = "<p>Quelle  posture\u202f?</p>\n<p>Et\u00a0: laquelle<br>ici</p>"
    assert pictured.plain(said) == "Quelle posture\u202f? Et\u00a0: laquelle ici"


@db
def test_the_page_of_a_corrected_key_shows_the_picture(client):
    question = make_question(text=showing(SiteImageFactory()))
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("learning:quiz-regrade", args=[question.uuid])).content.decode()
    assert 'alt="Un plan"' in page
    assert "<embed" not in page
