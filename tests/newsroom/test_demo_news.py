"""The demonstration: what it holds, and that nothing of it is invented without saying so."""

import pytest
from django.utils import timezone

from cms import demo_videos
from cms.webvtt import check_text
from newsroom import demo_pages
from newsroom.models import EventPage, NewsPage, PublicationPage, VideoPage

pytestmark = [pytest.mark.demo, pytest.mark.django_db]
FILMS = demo_pages.FOLDER / "videos"


def test_every_list_is_filled():
    assert NewsPage.objects.live().count() >= 10
    assert EventPage.objects.live().filter(is_fictitious=False).count() >= 8
    assert EventPage.objects.live().filter(is_fictitious=True).count() >= 3
    assert VideoPage.objects.live().count() >= 4
    assert PublicationPage.objects.live().count() >= 4


def test_what_is_true_names_its_source_and_what_is_made_up_says_so():
    for model in (NewsPage, EventPage, VideoPage, PublicationPage):
        for page in model.objects.live():
            assert page.source or page.is_fictitious, page.title
            assert page.listing_image, page.title
            assert page.summary, page.title


def test_only_made_up_events_are_to_come():
    coming = EventPage.objects.filter(ends_at__gt=timezone.now())
    assert all(event.is_fictitious for event in coming)


@pytest.mark.parametrize(
    "row", demo_pages.read(demo_pages.FOLDER / "videos.yaml"), ids=lambda row: row["slug"]
)
def test_each_film_is_small_and_has_captions_chapters_and_a_transcript(row):
    film = FILMS / f"{row['slug']}.mp4"
    assert film.stat().st_size < 1024 * 1024
    check_text(demo_videos.captions(row["scenes"]))
    page = VideoPage.objects.get(slug=row["slug"])
    assert page.chapters.count() == len(row["scenes"])
    assert page.recording.transcript.count("–") >= len(row["scenes"])
    assert page.seconds == demo_videos.length(row["scenes"])


def test_loading_twice_adds_nothing():
    before = [model.objects.count() for model in (NewsPage, EventPage, VideoPage, PublicationPage)]
    demo_pages.load()
    assert before == [m.objects.count() for m in (NewsPage, EventPage, VideoPage, PublicationPage)]
