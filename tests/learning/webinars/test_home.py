"""The home page gives webinars a place: the next one, else the last replay, of those that the reader sees."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms import registry
from learning.models import Webinar, WebinarPage
from learning.webinars.factories import make_member, make_replay, make_webinar, page_of
from learning.webinars.queries import to_show_first

pytestmark = pytest.mark.django_db


def shown(user=None):
    found = to_show_first(user)
    return found and (found.page.title, str(found.state))


def test_the_next_one_comes_before_the_last_replay():
    assert shown() is None
    old = make_replay(title="Avant-hier")
    WebinarPage.objects.filter(translation_key=old.uuid).update(
        starts_at=timezone.now() - dt.timedelta(days=9)
    )
    make_replay(title="Hier")
    assert shown() == ("Hier", "replay")
    make_webinar("Plus tard", begins=96)
    soon = make_webinar("Bientôt", begins=5)
    assert shown() == ("Bientôt", "announced")
    Webinar.objects.filter(pk=soon.pk).update(cancelled_at=timezone.now())
    assert shown() == ("Plus tard", "announced")


def test_what_a_reader_may_not_see_is_not_shown_to_them():
    webinar = make_webinar("Entre nous", begins=5)
    PageViewRestriction.objects.create(
        page=page_of(webinar), restriction_type=PageViewRestriction.LOGIN
    )
    assert shown() is None
    assert shown(make_member()) == ("Entre nous", "announced")


def test_the_section_says_it_with_one_query(client, rf, django_assert_max_num_queries):
    make_webinar("Accueillir", begins=5)
    section = registry.home_sections.get("learning")
    request = rf.get("/")
    cache.clear()
    # Sessions, webinars; restrictions and locale are read once a request.
    with django_assert_max_num_queries(4):
        found = section.context(request, 3)
    assert found["webinar"].page.title == "Accueillir"
    assert found["sessions"] == []


def test_the_catalogue_is_found_wherever_it_stands(client):
    assert client.get("/formations/").status_code == 404
    page = page_of(make_webinar("Accueillir", begins=5)).get_parent()
    assert client.get("/formations/").url == page.url
