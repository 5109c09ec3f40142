"""iCalendar: written with icalendar, read with vobject. What calendars are told, and how often."""

import datetime as dt

import pytest
import vobject
from icalendar import Calendar

from maisons.factories import CommuneFactory, DepartmentFactory, RegionFactory
from newsroom import factories
from newsroom.models import EventPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def saint_denis():
    region = RegionFactory(code="04", name="La Réunion")
    department = DepartmentFactory(
        code="974", name="La Réunion", name_type="0", region=region, time_zone="Indian/Reunion"
    )
    return CommuneFactory(code="97411", name="Saint-Denis", department=department)


def feed(client, query=""):
    return client.get(f"{factories.agenda().get_url()}calendrier/{query}")


def entry(client, event):
    response = client.get(f"{event.get_url()}calendrier/")
    calendar = vobject.readOne(response.content.decode())
    calendar.validate(raiseException=True)
    (only,) = calendar.contents["vevent"]
    return only


def change(event, **fields):
    """As an editor does: a new version, then its publication."""
    draft = EventPage.objects.get(pk=event.pk)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def test_one_event_says_when_where_and_how_to_join(client, saint_denis):
    event = factories.event(
        title="Atelier, à l’île ; suite",
        starts_time=dt.time(9),
        ends_time=dt.time(12, 30),
        venue="Salle polyvalente",
        commune=saint_denis,
        registration_url="https://example.org/inscription",
    )

    told = entry(client, event)

    assert told.summary.value == "Atelier, à l’île ; suite"
    assert told.location.value == "Salle polyvalente, Saint-Denis (La Réunion)"
    assert told.url.value.endswith(event.get_url())
    assert "https://example.org/inscription" in told.description.value
    assert told.status.value == "CONFIRMED"
    assert told.dtstart.value.astimezone(dt.UTC) == dt.datetime(2016, 11, 23, 5, tzinfo=dt.UTC)
    assert told.dtend.value - told.dtstart.value == dt.timedelta(hours=3, minutes=30)


def test_the_time_zone_is_described_for_whom_does_not_know_it(client, saint_denis):
    factories.event(starts_time=dt.time(9), ends_time=dt.time(10), commune=saint_denis)
    factories.event(starts_time=dt.time(9), ends_time=dt.time(10))
    text = feed(client).content.decode()
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    assert {zone.tzid.value for zone in calendar.vtimezone_list} == {
        "Europe/Paris",
        "Indian/Reunion",
    }
    assert "DTSTART;TZID=Indian/Reunion:20161123T090000" in text


def test_whole_days_end_on_the_day_after(client):
    event = factories.event(ends_on=dt.date(2016, 11, 25))
    told = entry(client, event)
    assert (told.dtstart.value, told.dtend.value) == (dt.date(2016, 11, 23), dt.date(2016, 11, 26))


def test_the_identifier_outlives_the_address(client):
    event = factories.event()
    before = entry(client, event).uid.value
    event.slug = "autre-adresse"
    event.save_revision().publish()
    event = EventPage.objects.get(pk=event.pk)
    assert entry(client, event).uid.value == before == str(event.translation_key)


def sequence(client, event):
    return int(entry(client, event).sequence.value)


def test_the_number_rises_with_each_change_that_is_published(client):
    event = factories.event()
    assert sequence(client, event) == 0
    change(event, starts_on=dt.date(2016, 11, 30)).publish()
    assert sequence(client, event) == 1
    change(event, venue="Autre salle").publish()
    assert sequence(client, event) == 2


def test_a_draft_or_a_new_paragraph_does_not_raise_it(client):
    event = factories.event()
    change(event, starts_on=dt.date(2016, 11, 30))
    assert sequence(client, event) == 0
    change(event, starts_on=event.starts_on, body=factories.body("Autre texte.")).publish()
    assert sequence(client, event) == 0


def test_publishing_an_old_version_raises_it_too(client):
    event = factories.event()
    first = event.get_latest_revision()
    change(event, venue="Autre salle").publish()
    first.publish()
    assert sequence(client, event) == 2


def test_a_cancelled_event_is_told_as_such_and_stays_in_the_feed(client):
    event = factories.event(title="Rencontre")
    change(event, status="cancelled", status_note="Faute de salle.").publish()
    told = entry(client, event)
    assert told.status.value == "CANCELLED"
    assert told.summary.value.endswith("Rencontre") and told.summary.value != "Rencontre"
    assert "Faute de salle." in told.description.value
    assert int(told.sequence.value) == 1
    assert event.title in feed(client).content.decode()


def test_an_event_without_its_new_date_does_not_take_its_old_one(client):
    event = factories.event(status="postponed")
    assert entry(client, event).status.value == "CANCELLED"
    change(
        event, starts_on=dt.date(2016, 12, 1), first_announced_for=dt.date(2016, 11, 23)
    ).publish()
    told = entry(client, event)
    assert (told.status.value, told.dtstart.value) == ("CONFIRMED", dt.date(2016, 12, 1))


def test_the_feed_holds_what_anybody_may_read_and_no_draft(client):
    factories.event(title="Publique")
    factories.event(title="Brouillon", live=False)
    response = feed(client)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    names = [str(row["summary"]) for row in Calendar.from_ical(response.content).events]
    assert names == ["Publique"]


def test_the_feed_is_narrowed_as_the_list_is(client):
    factories.event(title="Une formation", kind="training")
    factories.event(title="Une rencontre", kind="meeting")
    text = feed(client, "?genre=training").content.decode()
    assert "Une formation" in text and "Une rencontre" not in text


def test_lines_are_folded_and_end_as_the_standard_says(client):
    factories.event(title="Un titre " + "très " * 30 + "long", summary="é" * 300)
    content = feed(client).content
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
