"""A page appears and disappears at the minute that its editor chose, for every reader."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.factories import UserFactory
from bulletin import factories as bulletin
from cms import jobs
from cms.factories import StandardPageFactory
from cms.models import JobRun
from cms.pagecache import content_version

pytestmark = pytest.mark.django_db


def status(path="/annonce/"):
    return Client().get(path).status_code


@pytest.fixture
def page(clock):
    found = StandardPageFactory(title="Annonce", slug="annonce", live=False)
    found.go_live_at = timezone.now() + dt.timedelta(hours=2)
    found.expire_at = timezone.now() + dt.timedelta(hours=26)
    found.save_revision(user=UserFactory(role="editor")).publish()
    return found


def test_it_appears_then_disappears_by_the_clock(page, clock, settings):
    settings.PAGE_CACHE = True
    jobs.tick()
    assert status() == 404

    before = content_version()
    clock.shift(dt.timedelta(hours=2, minutes=1))
    jobs.tick()
    assert status() == 200
    assert content_version() > before

    before = content_version()
    clock.shift(dt.timedelta(hours=24))
    jobs.tick()
    assert status() == 404
    assert content_version() > before


def test_a_new_version_of_a_public_page_waits_for_its_hour(clock):
    page = StandardPageFactory(title="Avant", slug="annonce")
    page.save_revision().publish()
    page.refresh_from_db()
    page.title = "Après"
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    jobs.tick()
    assert "Avant" in Client().get("/annonce/").content.decode()
    clock.shift(dt.timedelta(hours=1, minutes=1))
    jobs.tick()
    assert "Après" in Client().get("/annonce/").content.decode()


def test_the_clock_looks_each_minute(page):
    jobs.tick()
    assert JobRun.objects.get(name="cms.publish_scheduled").error == ""


def test_an_article_of_an_issue_keeps_no_schedule(clock):
    article = bulletin.article(bulletin.issue())
    article.go_live_at = timezone.now() + dt.timedelta(hours=1)
    article.save_revision()
    clock.shift(dt.timedelta(hours=2))
    jobs.tick()
    article.refresh_from_db()
    assert not article.live
    assert article.get_latest_revision().as_object().go_live_at is None
