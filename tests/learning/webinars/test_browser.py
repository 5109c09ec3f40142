"""The player in a real browser: what is played is tracked, seeking adds nothing, all by keyboard."""

import pytest
from playwright.sync_api import expect

from learning.models import Webinar, WebinarNote, WebinarPage, WebinarPresence
from tests.support.browser import assert_axe_clean, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AGENT = "agent@example.org"


@pytest.fixture
def replay(live_server):
    page = WebinarPage.objects.get(slug="webinaire-poste-partage")
    webinar = Webinar.objects.get(uuid=page.translation_key)
    WebinarPresence.objects.filter(webinar=webinar, user__email=AGENT).delete()
    return webinar


def seconds(spans):
    return sum(end - start for start, end in spans)


def test_what_plays_is_kept_and_seeking_adds_nothing(page, live_server, replay):
    sign_in(page, live_server, AGENT)
    page.goto(f"{live_server.url}{replay.get_absolute_url()}")
    assert_axe_clean(page)
    video = page.locator("[data-film] video")
    transcript = page.locator("[data-follows]")
    # By keyboard: a moment of the transcript plays from there, and keeps the focus.
    moment = transcript.locator("a", has_text="Il se traite")
    moment.press("Enter")
    page.wait_for_function("() => !document.querySelector('video').paused")
    page.wait_for_function("() => document.querySelector('video').currentTime > 44.5")
    assert "Il se traite" in transcript.locator("[aria-current]").inner_text()
    assert moment.evaluate("link => link === document.activeElement")
    start = video.evaluate("v => v.currentTime")
    # A jump to the end, then a second there.
    page.evaluate("() => { document.querySelector('video').currentTime = 85; }")
    page.wait_for_function("() => document.querySelector('video').currentTime > 86")
    video.evaluate("v => v.pause()")
    page.evaluate("() => dispatchEvent(new Event('visibilitychange'))")
    with page.expect_response("**/rapport/") as sent:
        page.clock.install()
        page.evaluate(
            "() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden' });"
            " dispatchEvent(new Event('visibilitychange')); }"
        )
    assert sent.value.status == 200
    row = WebinarPresence.objects.get(webinar=replay, user__email=AGENT)
    assert 1 <= seconds(row.played) <= (start - 42) + 4
    assert all(end - begin < 20 for begin, end in row.played)
    assert row.replay_done_at is None
    # On another device one goes on there.
    assert row.place["second"] >= 85


def test_search_speed_and_notes(page, live_server, replay):
    sign_in(page, live_server, AGENT)
    page.goto(f"{live_server.url}{replay.get_absolute_url()}#t=66")
    page.wait_for_function("() => document.querySelector('video').currentTime === 66")
    page.get_by_label("Vitesse").select_option("1.5")
    page.get_by_label("Chercher dans la transcription").fill("PREMIERE situation")
    expect(page.locator("[data-follows] > li:visible")).to_have_count(1)
    expect(page.get_by_text("1 passage")).to_be_visible()
    form = page.locator(".note-form").first
    expect(form.get_by_label("À", exact=True)).to_have_value("1:06")
    form.get_by_label("Note", exact=True).fill("À dire en réunion")
    form.get_by_role("button", name="Garder cette note").press("Enter")
    page.wait_for_url("**#note-*")
    assert WebinarNote.objects.get(text="À dire en réunion").moment == 66
    # The speed stays on this device.
    expect(page.get_by_label("Vitesse")).to_have_value("1.5")
    assert page.locator("video").evaluate("v => v.playbackRate") == 1.5


def test_axe_finds_nothing_on_the_other_pages(page, live_server, replay):
    coming = WebinarPage.objects.get(slug="webinaire-accueillir-sans-lire")
    public = WebinarPage.objects.get(slug="webinaire-faire-venir")
    for url in (coming.get_url(), public.get_url()):
        page.goto(f"{live_server.url}{url}")
        assert_axe_clean(page, schemes=("light",), widths=(390, 1280))
    sign_in(page, live_server, "cellule@example.org")
    for url in ("/espace-pro/webinaires/", f"{replay.get_absolute_url()}equipe/"):
        page.goto(f"{live_server.url}{url}")
        assert_axe_clean(page, schemes=("dark",), widths=(390, 1280))
