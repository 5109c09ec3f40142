"""The rules of calendars, one by one: those of docs/training-calendars.md, in its order."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from accounts.factories import UserFactory
from learning.calendars.events import invitation, shown_to
from learning.factories import SessionFactory
from learning.models import CalendarTold, Registration
from learning.services.registrations import cancel, register
from learning.services.sessions import Slot, announce_change, set_dates
from maisons.factories import CommuneFactory, DepartmentFactory

from .calendar_mails import sent_to

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def person():
    return UserFactory(first_name="Camille", last_name="Exemple")


@pytest.fixture
def request_mail(person):
    """The invitation to a session of one day."""
    register(SessionFactory(), person, by=person)
    [mail] = sent_to(person)
    return mail


@pytest.fixture
def cancel_mail(person):
    row = register(SessionFactory(), person, by=person)
    sent_to(person)
    cancel(row, by=person)
    [mail] = sent_to(person)
    return mail


# -- RFC 5545 -------------------------------------------------------------------------------------


def test_rfc5545_3_1_lines_are_folded_at_75_octets_and_end_with_crlf(person):
    session = SessionFactory(venue="Salle très éloignée 🏛️, " * 6)
    register(session, person, by=person)
    [mail] = sent_to(person)
    content = mail.part.get_payload(decode=True)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_rfc5545_3_6_one_prodid_and_version_2(request_mail):
    assert request_mail.text.count("VERSION:2.0") == request_mail.text.count("PRODID:") == 1


def test_rfc5545_3_6_5_every_tzid_is_described(request_mail):
    used = set(re.findall(r"TZID=([^:;]+):", request_mail.text))
    described = {zone.tzid.value for zone in request_mail.calendar.vtimezone_list}
    assert used == described == {"Europe/Paris"}


def test_rfc5545_3_8_4_7_the_uid_is_that_of_the_date_and_of_no_other(person):
    session = SessionFactory(days=2)
    register(session, person, by=person)
    uids = [mail.uid for mail in sent_to(person)]
    assert uids == [str(date.uuid) for date in session.dates.all()]
    assert len(set(uids)) == 2


def test_rfc5545_3_2_17_no_answer_is_asked_for(request_mail):
    attendee = request_mail.event.attendee
    assert attendee.params["RSVP"] == ["FALSE"] and attendee.params["PARTSTAT"] == ["ACCEPTED"]


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120),
    venue=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120),
    access=st.lists(st.sampled_from(["a,b;c", "quai n° 2", "🚲 \\n", "«é»", '"'])).map("\n".join),
)
def test_rfc5545_3_3_11_text_comes_back_as_it_was(django_db_blocker, title, venue, access):
    session = SessionFactory.build(
        module__title=title, venue=venue, access=access, commune=None, mode="in-person"
    )
    session.module.title = title
    row = Registration(session=session, user=UserFactory.build(first_name=title, last_name="X"))
    start = dt.datetime(2026, 12, 1, 9, tzinfo=PARIS)
    date = session.dates.model(
        session=session, starts_at=start, ends_at=start + dt.timedelta(hours=8)
    )
    part = invitation(date, shown_to(row), row.user, method="REQUEST", sequence=3)
    [event] = Calendar.from_ical(part.content).events
    assert str(event["summary"]) == title
    assert str(event.get("location", "")) == venue
    assert access in str(event["description"])
    assert all(len(line) <= 75 for line in part.content.encode().split(b"\r\n"))


# -- RFC 5546 -------------------------------------------------------------------------------------


def test_rfc5546_3_2_2_a_request_says_all_that_is_owed(request_mail):
    for name in ("attendee", "dtstamp", "dtstart", "organizer", "sequence", "summary", "uid"):
        assert len(request_mail.event.contents[name]) == 1
    assert request_mail.method == "REQUEST"
    assert request_mail.event.status.value == "CONFIRMED"


def test_rfc5546_3_2_5_a_cancel_keeps_the_uid_and_says_cancelled(cancel_mail):
    assert cancel_mail.method == "CANCEL"
    assert cancel_mail.event.status.value == "CANCELLED"
    for name in ("attendee", "dtstamp", "organizer", "sequence", "uid"):
        assert len(cancel_mail.event.contents[name]) == 1


def test_rfc5546_2_1_4_the_sequence_rises_with_each_change_and_cancel(person):
    session = SessionFactory()
    row = register(session, person, by=person)
    session.venue = "Autre salle"
    session.save()
    announce_change(session, by=None, told=["le lieu"])
    cancel(row, by=person)
    mails = sent_to(person)
    assert [mail.method for mail in mails] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({mail.uid for mail in mails}) == 1
    assert [mail.sequence for mail in mails] == [0, 1, 2]


def test_rfc5546_2_1_5_a_newer_message_has_a_newer_stamp(person, clock):
    session = SessionFactory()
    row = register(session, person, by=person)
    clock.shift(60)
    cancel(row, by=person)
    first, second = sent_to(person)
    assert second.event.dtstamp.value > first.event.dtstamp.value


# -- RFC 6047 -------------------------------------------------------------------------------------


def test_rfc6047_2_2_1_the_organiser_is_the_sender(request_mail, settings):
    organiser = request_mail.event.organizer.value.removeprefix("mailto:")
    assert f"<{organiser}>" in request_mail.sent.from_email == settings.DEFAULT_FROM_EMAIL


def test_rfc6047_2_3_the_attendee_is_the_recipient_alone(person):
    session = SessionFactory()
    other = UserFactory()
    register(session, other, by=other)
    register(session, person, by=person)
    [mail] = sent_to(person)
    assert mail.event.attendee.value == f"mailto:{person.email}"
    assert other.email not in mail.text and str(other) not in mail.text


@pytest.mark.parametrize("kind", ["request_mail", "cancel_mail"])
def test_rfc6047_2_4_the_part_names_the_same_method_and_its_charset(kind, request):
    mail = request.getfixturevalue(kind)
    assert mail.part.get_param("method") == mail.method
    assert mail.part.get_content_charset() == "utf-8"


def test_rfc6047_2_5_the_transfer_encoding_keeps_every_octet(request_mail):
    assert request_mail.part["Content-Transfer-Encoding"] == "base64"


def test_rfc6047_4_2_the_text_says_it_to_whoever_has_no_calendar(request_mail):
    from cms.templatetags.theme_tags import day

    start = request_mail.event.dtstart.value
    assert f"{day(start.date())}, 09:00 – 17:00" in request_mail.sent.body


# -- Outlook and Exchange -------------------------------------------------------------------------


def test_outlook_stanoical_2_2_175_one_event_a_mail(person):
    register(SessionFactory(days=3), person, by=person)
    mails = sent_to(person)
    assert len(mails) == 3
    assert all(mail.text.count("BEGIN:VEVENT") == 1 for mail in mails)


def test_outlook_stanoical_v0341_v0343_the_part_stands_in_the_first_child_of_the_mixed(
    request_mail,
):
    assert request_mail.message.get_content_type() == "multipart/mixed"
    first, *others = request_mail.message.get_payload()
    assert first.get_content_type() == "multipart/alternative"
    assert request_mail.part in first.get_payload()
    assert [part.get_content_type() for part in others] == ["application/ics"]


def test_outlook_oxcmail_text_comes_first_and_the_calendar_last(request_mail):
    first = request_mail.message.get_payload()[0]
    kinds = [part.get_content_type() for part in first.get_payload()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]


def test_outlook_oxcical_20_22_the_sequence_is_always_said(request_mail):
    assert "SEQUENCE:0" in request_mail.text


def test_outlook_oxcical_19_2_2_the_zone_is_a_yearly_rule_of_one_day_of_a_month(request_mail):
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in request_mail.text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in request_mail.text
    assert "RDATE" not in request_mail.text


def test_outlook_oxcical_no_other_time_may_be_proposed(request_mail):
    assert "X-MICROSOFT-DISALLOW-COUNTER:TRUE" in request_mail.text


def test_outlook_cdo_no_response_is_requested(request_mail):
    assert "RSVP=FALSE" in request_mail.text.replace("\r\n ", "")


# -- Gmail ----------------------------------------------------------------------------------------


def test_gmail_calconnect_the_same_calendar_is_attached_as_a_file(request_mail):
    attached = request_mail.message.get_payload()[1]
    assert attached.get_content_type() == "application/ics"
    assert attached.get_filename() == "invitation.ics"
    held = attached.get_payload(decode=True).decode()
    assert held.replace("\r\n", "\n") == request_mail.text.replace("\r\n", "\n")


def test_gmail_an_update_comes_from_the_same_organiser_with_the_same_uid(person):
    session = SessionFactory()
    register(session, person, by=person)
    session.venue = "Autre salle"
    session.save()
    announce_change(session, by=None, told=["le lieu"])
    first, second = sent_to(person)
    assert first.event.organizer.value == second.event.organizer.value
    assert first.uid == second.uid and first.sequence < second.sequence


def test_gmail_a_cancel_has_the_method_cancel_not_only_the_status(cancel_mail):
    assert "METHOD:CANCEL" in cancel_mail.text
    assert cancel_mail.part.get_param("method") == "CANCEL"


# -- Thunderbird ----------------------------------------------------------------------------------


def test_thunderbird_compares_sequences_first_and_never_sees_the_same_twice(person):
    session = SessionFactory()
    row = register(session, person, by=person)
    cancel(row, by=person)
    register(session, person, by=person)
    mails = sent_to(person)
    assert [mail.method for mail in mails] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [mail.sequence for mail in mails] == [0, 1, 2]


def test_thunderbird_finds_the_invited_by_their_address(request_mail, person):
    assert request_mail.component["attendee"] == f"mailto:{person.email}"


def test_thunderbird_takes_the_method_of_the_content_type(request_mail):
    assert request_mail.part.get_param("method") == "REQUEST"


def test_thunderbird_a_cancel_without_recurrence_takes_the_event_of_that_uid(cancel_mail):
    assert "RECURRENCE-ID" not in cancel_mail.text and "RRULE" not in str(cancel_mail.component)
    assert CalendarTold.objects.filter(date__uuid=cancel_mail.uid).count() == 2


def test_thunderbird_shows_buttons_for_needs_action_alone(request_mail):
    assert "NEEDS-ACTION" not in request_mail.text


# -- Seasons and seas -----------------------------------------------------------------------------


def local(mail):
    return mail.component["dtstart"].dt


def test_a_date_moved_from_winter_to_summer_keeps_its_uid_and_its_hour(person):
    session = SessionFactory()
    winter = dt.datetime(2027, 1, 12, 9, tzinfo=PARIS)
    set_dates(session, [Slot(winter, winter + dt.timedelta(hours=8))])
    session.refresh_from_db()
    register(session, person, by=person)
    summer = dt.datetime(2027, 6, 15, 9, tzinfo=PARIS)
    set_dates(session, [Slot(summer, summer + dt.timedelta(hours=8))])
    announce_change(session, by=None, told=["les dates"])
    first, second = sent_to(person)
    assert first.uid == second.uid and second.sequence > first.sequence
    assert "DTSTART;TZID=Europe/Paris:20270112T090000" in first.text
    assert "DTSTART;TZID=Europe/Paris:20270615T090000" in second.text
    utc = dt.datetime(2027, 6, 15, 7, tzinfo=dt.UTC)
    assert second.event.dtstart.value.astimezone(dt.UTC) == utc


@pytest.mark.parametrize(
    ("zone", "code", "utc_hour"),
    [
        ("Indian/Reunion", "974", 5),
        ("America/Guadeloupe", "971", 13),
        ("America/Miquelon", "975", 12),
    ],
)
def test_overseas_the_hour_is_that_of_the_place(person, zone, code, utc_hour):
    department = DepartmentFactory(code=code, time_zone=zone)
    session = SessionFactory(commune=CommuneFactory(code=f"{code}11", department=department))
    start = dt.datetime(2027, 1, 12, 9, tzinfo=ZoneInfo(zone))
    set_dates(session, [Slot(start, start + dt.timedelta(hours=8))])
    session.refresh_from_db()
    register(session, person, by=person)
    [mail] = sent_to(person)
    assert f"DTSTART;TZID={zone}:20270112T090000" in mail.text
    assert mail.event.dtstart.value.astimezone(dt.UTC).hour == utc_hour


def test_at_miquelon_summer_keeps_the_hour_too(person):
    zone = ZoneInfo("America/Miquelon")
    department = DepartmentFactory(code="975", time_zone=zone.key)
    session = SessionFactory(commune=CommuneFactory(code="97502", department=department))
    for month, utc_hour in ((1, 12), (7, 11)):
        start = dt.datetime(2027, month, 12, 9, tzinfo=zone)
        set_dates(session, [Slot(start, start + dt.timedelta(hours=8))])
        session.refresh_from_db()
        if month == 1:
            register(session, person, by=person)
        else:
            announce_change(session, by=None, told=["les dates"])
        [mail] = sent_to(person)
        assert mail.event.dtstart.value.astimezone(dt.UTC).hour == utc_hour
