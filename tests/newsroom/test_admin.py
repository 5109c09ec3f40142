"""What editors do in the admin: the messages that they get, and the lists of their pages."""

import datetime as dt

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.factories import UserFactory
from cms.factories import SiteMediaFactory
from newsroom import factories
from newsroom.models import EventPage, VideoPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    settings.REQUIRE_MFA = False
    client.force_login(UserFactory(role="editor"))
    return client


def add(client, index, model, action="action-publish", **fields):
    data = nested_form_data(
        {
            "title": "Une page",
            "slug": "une-page",
            "body": streamfield([]),
            "programme": streamfield([]),
            "report": streamfield([]),
            "footnotes": inline_formset([]),
            "comments": inline_formset([]),
            "chapters": inline_formset([]),
            "kind": "meeting",
            "status": "planned",
            **fields,
        }
    )
    url = f"/admin/pages/add/newsroom/{model._meta.model_name}/{index.pk}/"
    return client.post(url, {**data, action: "1"})


def errors(response):
    assert response.status_code == 200, response.get("Location")
    form = response.context["form"]
    return {name: " ".join(found) for name, found in form.errors.items()}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"starts_on": "2026-12-10", "ends_on": "2026-12-09"}, "ends_on"),
        ({"starts_on": "2026-12-10", "starts_time": "10:00", "ends_time": "9:00"}, "ends_time"),
        ({"starts_on": "2026-12-10", "first_announced_for": "2026-12-01"}, "first_announced_for"),
        ({"starts_on": "2026-12-10", "registration_until": "2026-12-11"}, "registration_until"),
    ],
)
def test_an_event_that_cannot_be_is_refused_where_the_mistake_is(editor, fields, name):
    found = errors(add(editor, factories.agenda(), EventPage, **fields))
    assert set(found) == {name}
    assert not EventPage.objects.exists()


def test_an_event_is_written_with_hours_of_its_place_and_published(editor):
    response = add(
        editor,
        factories.agenda(),
        EventPage,
        starts_on="2026-12-10",
        starts_time="10:00",
        ends_time="12:00",
    )
    assert response.status_code == 302
    event = EventPage.objects.get()
    assert event.live
    assert event.starts_at == dt.datetime(2026, 12, 10, 9, tzinfo=dt.UTC)
    assert event.calendar.sequence == 0


def video_fields(recording, chapters=()):
    rows = [
        {"starts_at": moment, "title": title, "ORDER": str(order)}
        for order, (moment, title) in enumerate(chapters, start=1)
    ]
    return {"recording": recording.pk, "chapters": inline_formset(rows)}


@pytest.mark.parametrize("lacking", [{"captions": None}, {"transcript": ""}])
def test_a_video_is_not_published_without_captions_and_transcript(editor, lacking):
    fields = video_fields(SiteMediaFactory(**lacking))
    assert set(errors(add(editor, factories.video_index(), VideoPage, **fields))) == {"recording"}
    # A draft waits for them.
    draft = add(editor, factories.video_index(), VideoPage, action="action-save", **fields)
    assert draft.status_code == 302


@pytest.mark.parametrize(
    "chapters",
    [
        [("0:30", "Deux"), ("0:10", "Un")],
        [("0:10", "Un"), ("0:10", "Encore")],
        [("0:10", "Un"), ("2:00", "Après la fin")],
        [("dix", "Un")],
    ],
)
def test_chapters_that_are_not_in_order_or_in_the_film_are_refused(editor, chapters):
    fields = video_fields(SiteMediaFactory(duration=60), chapters)
    assert add(editor, factories.video_index(), VideoPage, **fields).status_code == 200
    assert not VideoPage.objects.exists()


def test_chapters_are_written_in_minutes_and_seconds(editor):
    fields = video_fields(SiteMediaFactory(duration=90), [("0:00", "Début"), ("1:05", "Suite")])
    assert add(editor, factories.video_index(), VideoPage, **fields).status_code == 302
    video = VideoPage.objects.get()
    assert [row.starts_at for row in video.chapters.all()] == [0, 65]
    form = editor.get(f"/admin/pages/{video.pk}/edit/").content.decode()
    assert 'value="1:05"' in form


@pytest.mark.parametrize("kind", ["news", "event", "video", "publication"])
def test_each_kind_opens_its_form(editor, kind):
    page = getattr(factories, kind)()
    parent, name = page.get_parent(), page._meta.model_name
    assert editor.get(f"/admin/pages/add/newsroom/{name}/{parent.pk}/").status_code == 200
    assert editor.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.parametrize("kind", ["news", "event", "video", "publication"])
def test_editors_find_their_pages_in_a_list_of_their_kind(editor, kind):
    page = getattr(factories, kind)(title="Une page à retrouver")
    plural = {"news": "news"}.get(kind, f"{kind}s")
    html = editor.get(f"/admin/newsroom/{plural}/").content.decode()
    assert page.title in html


def test_a_copied_event_is_another_event_for_calendars(editor):
    event = factories.event()
    copy = event.copy(update_attrs={"slug": "copie"}, keep_live=True)
    assert copy.translation_key != event.translation_key
    assert copy.sequence == 0
