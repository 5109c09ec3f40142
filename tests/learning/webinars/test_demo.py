"""The webinars of the demonstration: two replays and one to come, complete and marked as fictitious."""

import pytest
from django.core.cache import cache

from accounts.models import User
from learning.models import UnitPage, Webinar, WebinarPage, WebinarPresence

pytestmark = [pytest.mark.django_db, pytest.mark.demo]
MOST_BYTES = 500 * 1024


def test_two_replays_with_all_that_makes_one_and_one_to_come(client):
    client.force_login(User.objects.get(email="agent@example.org"))
    states = []
    for webinar in Webinar.objects.all():
        cache.clear()
        answer = client.get(webinar.get_absolute_url())
        html = answer.content.decode()
        assert "fictif" in html
        states.append(answer.context["state"])
        if answer.context["state"] != "replay":
            continue
        shown = answer.context
        assert len(shown["player"]["chapters"]) >= 5
        assert len(shown["player"]["moments"]) >= 15
        assert {note.is_public for note in shown["notes"].page.object_list} == {True, False}
        assert any(each.replies for each in shown["discussion"].questions)
        assert shown["discussion"].comments
        assert shown["documents"]
        recording = shown["page"].recording
        assert recording.transcript
        assert recording.file.size < MOST_BYTES
        assert 60 <= recording.duration <= 120
    assert sorted(states) == ["announced", "replay", "replay"]


def test_people_are_at_every_stage():
    rows = list(WebinarPresence.objects.all())
    assert any(row.was_live for row in rows)
    assert any(row.replay_done_at for row in rows)
    assert any(row.replay_started_at and not row.replay_done_at for row in rows)


def test_each_path_has_a_video_and_a_replay():
    kinds = {}
    for unit in UnitPage.objects.all():
        kinds.setdefault(unit.get_parent().get_parent().slug, set()).add(unit.kind)
    assert len(kinds) == 2
    for held in kinds.values():
        assert {"video", "replay"} <= held


def test_one_recording_is_for_members_and_one_for_all(client):
    for page in WebinarPage.objects.exclude(recording=None).select_related("recording"):
        opens = client.get(page.recording.url).status_code == 200
        assert opens == page.recording_is_public


def test_a_webinar_that_was_followed_is_in_ones_history(client):
    row = next(row for row in WebinarPresence.objects.all() if row.is_complete)
    client.force_login(row.user)
    page = client.get("/espace-pro/formations/historique/", {"type": "webinar"}).content.decode()
    assert row.webinar.get_absolute_url() in page
