"""What the pages say: to people, to players, to search engines; and to nobody else."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from accounts.factories import UserFactory
from cms import registry
from cms.webvtt import check_text
from maisons.factories import MaisonFactory, OperatorFactory
from maisons.models import Maison
from newsroom import factories
from newsroom.models import VideoChapter

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _pages_are_made_anew(settings):
    settings.PAGE_CACHE = False


def html(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def described(text):
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return json.loads(found)


# -- Events -----------------------------------------------------------------------------------


def test_an_event_offers_registration_until_its_last_day_and_no_longer(client, clock):
    event = factories.event(
        starts_on=dt.date(2026, 9, 20),
        registration_url="https://example.org/inscription",
        registration_until=dt.date(2026, 9, 10),
    )
    clock.move_to(dt.datetime(2026, 9, 10, 21, 59, tzinfo=dt.UTC))  # 23:59 in Paris
    assert "https://example.org/inscription" in html(client, event)
    clock.move_to(dt.datetime(2026, 9, 10, 22, 1, tzinfo=dt.UTC))
    assert "https://example.org/inscription" not in html(client, event)


def test_a_cancelled_event_says_so_and_offers_no_registration(client, clock):
    event = factories.event(
        starts_on=dt.date(2026, 12, 1),
        status="cancelled",
        status_note="Faute de salle.",
        registration_url="https://example.org/inscription",
    )
    text = html(client, event)
    assert "Cet événement est annulé. Faute de salle." in text
    assert "https://example.org/inscription" not in text


def test_a_postponed_event_says_when_it_was_announced_for(client):
    event = factories.event(status="postponed", first_announced_for=dt.date(2016, 11, 1))
    assert "d’abord annoncé pour le 1er novembre 2016" in html(client, event)


def test_the_programme_is_read_by_day(client):
    slots = [
        {"day": "2016-11-23", "start": "09:30", "end": "10:00", "title": "Petit déjeuner"},
        {"day": "2016-11-24", "start": "14:00", "end": None, "title": "Ateliers"},
    ]
    stream = json.dumps([{"type": "slot", "value": slot} for slot in slots])
    text = html(client, factories.event(programme=stream, ends_on=dt.date(2016, 11, 24)))
    assert text.index("Mercredi 23 novembre 2016") < text.index("Petit déjeuner")
    assert text.index("Jeudi 24 novembre 2016") < text.index("Ateliers")
    assert "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30 – 10\N{NO-BREAK SPACE}h" in text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "EventScheduled"),
        ({"status": "cancelled"}, "EventCancelled"),
        ({"status": "postponed"}, "EventPostponed"),
        ({"status": "postponed", "first_announced_for": dt.date(2016, 11, 1)}, "EventRescheduled"),
    ],
)
def test_search_engines_know_the_state_of_an_event(client, fields, status):
    data = described(html(client, factories.event(online_url="https://example.org/x", **fields)))
    assert data["@type"] == "Event"
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")


# -- Videos -----------------------------------------------------------------------------------


@pytest.fixture
def video():
    page = factories.video(maisons=[MaisonFactory(name="Maison d’ici")])
    page.chapters = [
        VideoChapter(starts_at=0, title="Début"),
        VideoChapter(starts_at=20, title="Suite & fin"),
    ]
    page.save()
    return page


def test_chapters_are_text_that_leads_to_their_moment_without_script(client, video):
    text = html(client, video)
    assert f'href="{video.recording.url}#t=20"' in text
    assert "Suite &amp; fin" in text


def test_players_read_the_chapters_as_webvtt(client, video):
    response = client.get(f"{video.get_url()}chapitres/")
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    track = response.content.decode()
    check_text(track)
    assert "00:00:00.000 --> 00:00:20.000\nDébut" in track
    assert "Suite &amp; fin" in track


def test_captions_and_transcript_are_on_the_page(client, video):
    text = html(client, video)
    assert (
        f'kind="captions" srclang="fr" label="Français" src="{video.recording.captions.url}"'
        in text
    )
    assert video.recording.transcript in text


def test_a_maison_that_the_public_does_not_see_is_not_named(client):
    shown = MaisonFactory(name="Maison ouverte")
    project = MaisonFactory(name="Maison en projet", status=Maison.Status.PROJECT)
    text = html(client, factories.video(maisons=[shown, project]))
    assert "Maison ouverte" in text and "Maison en projet" not in text


def test_search_engines_know_the_chapters(client, video):
    data = described(html(client, video))
    assert data["@type"] == "VideoObject" and data["duration"] == "PT60S"
    assert [(part["startOffset"], part["endOffset"]) for part in data["hasPart"]] == [
        (0, 20),
        (20, 60),
    ]


# -- News and publications --------------------------------------------------------------------


def test_the_feed_is_atom_with_lasting_identifiers(client):
    page = factories.news("À la une", operators=[OperatorFactory()])
    root = ET.fromstring(client.get(f"{factories.news_index().get_url()}flux/").content)
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "À la une"
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{page.translation_key}"


def test_a_date_known_by_its_month_is_not_given_a_day(client):
    page = factories.publication(month_only=True, publisher="CGET")
    text = html(client, page)
    assert (
        "CGET, février 2017" in text
        and "1er février 2017</time>" not in text.split("<main")[1].split("Version")[0]
    )


def test_the_newest_file_is_offered_first_and_the_others_kept(client):
    page = factories.publication(versions=3)
    context = client.get(page.get_url()).context
    assert context["latest"].label == "Version 3"
    assert [version.label for version in context["earlier"]] == ["Version 2", "Version 1"]


def test_news_are_articles_for_search_engines(client):
    data = described(html(client, factories.news("Un titre", kind="policy")))
    assert (data["@type"], data["headline"]) == ("NewsArticle", "Un titre")
    assert data["datePublished"] == "2016-09-15"


# -- What others show of it -------------------------------------------------------------------


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


SECTIONS = {"news": "news", "event": "agenda", "video": "videos"}
KINDS = ("news", "event", "video", "publication")


@pytest.mark.parametrize("kind", KINDS)
def test_a_restricted_page_or_a_draft_appears_nowhere(client, kind):
    make = getattr(factories, kind)
    seen = make("visible")
    hidden, draft = make("zorglub"), make("kaamelott", live=False)
    group = Group.objects.create(name="Groupe")
    row = PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
    row.groups.add(group)
    member = UserFactory()
    member.groups.add(group)
    index = seen.get_parent().get_url()
    feed = f"{index}{'calendrier' if kind == 'event' else 'flux'}/"
    urls = (index, f"{index}?periode=passes", feed, seen.get_url(), "/sitemap.xml")
    for url in urls:
        assert not {"zorglub", "kaamelott"} & words(client.get(url).content.decode()), url
    assert "zorglub" not in json.dumps(section(kind, AnonymousUser()))
    client.force_login(member)
    lists = client.get(f"{index}?periode=passes").content.decode()
    assert "zorglub" in lists and "kaamelott" not in lists
    # A feed is read by machines, that anybody may have set up.
    assert "zorglub" not in client.get(feed).content.decode()
    assert draft.title not in json.dumps(section(kind, member))


def words(text):
    return set(re.findall(r"zorglub|kaamelott", text))


def section(kind, user):
    if kind not in SECTIONS:
        return []
    found = registry.home_sections.get(SECTIONS[kind]).context(request_of(user), 10) or {}
    pages = found.get({"event": "events", "video": "videos"}.get(kind, kind), [])
    return [page.title for page in pages]


def test_a_section_of_the_home_page_shows_itself_only_with_something_to_show(clock):
    provider = registry.home_sections.get("agenda")
    assert provider.context(request_of(AnonymousUser()), 3) is None
    factories.event("Demain", starts_on=dt.date(2026, 9, 8))
    found = provider.context(request_of(AnonymousUser()), 3)
    assert [event.title for event in found["events"]] == ["Demain"]
    assert found["index"].get_url() == factories.agenda().get_url()


def test_the_professional_space_leads_to_each_list():
    for make in (factories.news_index, factories.agenda, factories.video_index):
        make()
    doors = list(registry.pro_doors.get("newsroom")(request_of(UserFactory())))
    assert {door["url"] for door in doors} == {"/actualites/", "/agenda/", "/videos/"}
    assert {door["door"] for door in doors} == {"inform"}
