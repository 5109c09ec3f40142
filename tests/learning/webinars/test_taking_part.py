"""Announced, live, then replay: who registers, who is given the link, what calendars are told."""

import datetime as dt

import pytest
from django.core import mail as django_mail
from django.utils import timezone
from django.utils.html import escape

from accounts.factories import UserFactory
from accounts.models import Notification
from cms import tasks
from learning.models import WebinarPresence, WebinarRegistration, WebinarSpeaker
from learning.webinars import services, telling
from learning.webinars.announcing import announce, withdraw
from learning.webinars.factories import (
    MEETING,
    make_member,
    make_registration,
    make_replay,
    make_webinar,
    page_of,
)
from learning.webinars.kinds import WebinarState
from tests.learning.calendar_mails import sent_to

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def agent(client):
    user = make_member()
    client.force_login(user)
    return user


def post(client, webinar, act):
    return client.post(f"{webinar.get_absolute_url()}{act}/", follow=True)


def room(client, webinar):
    return client.get(webinar.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("begins", "recorded", "team", "state"),
    [
        (2, False, {}, "announced"),
        (2, True, {}, "announced"),
        (-0.5, False, {}, "live"),
        (2, False, {"opened_at": -1}, "live"),
        (-0.5, False, {"ended_at": 0}, "ended"),
        (-0.5, True, {"ended_at": 0}, "replay"),
        (-2, False, {}, "ended"),
        (-2, True, {}, "replay"),
        (-2, True, {"cancelled_at": -3}, "cancelled"),
    ],
)
def test_its_state_follows_the_clock_unless_the_team_says_otherwise(begins, recorded, team, state):
    webinar = make_webinar(begins=begins)
    webinar.has_recording = recorded
    for name, hours in team.items():
        setattr(webinar, name, timezone.now() + hours * HOUR)
    assert webinar.state == WebinarState(state)


def test_one_registers_once_cancels_and_comes_back_without_javascript(client, agent):
    webinar = make_webinar()
    for act in ("inscription", "inscription"):
        post(client, webinar, act)
    assert WebinarRegistration.objects.get().cancelled_at is None
    assert "Vous êtes inscrit" in room(client, webinar)
    post(client, webinar, "annuler")
    assert not WebinarRegistration.objects.in_force().exists()
    post(client, webinar, "inscription")
    assert WebinarRegistration.objects.in_force().count() == 1
    told = sent_to(agent)
    assert [mail.method for mail in told] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [mail.sequence for mail in told] == [0, 1, 2]
    assert {mail.uid for mail in told} == {str(webinar.uuid)}
    assert all(MEETING not in mail.text for mail in told)


def test_what_is_over_or_called_off_takes_nobody(client, agent):
    over, off = make_webinar(begins=-3), make_webinar()
    services.call_off(off, "La salle est prise.", by=agent)
    for webinar in (over, off):
        post(client, webinar, "inscription")
    assert not WebinarRegistration.objects.exists()


def test_a_new_hour_is_told_once_and_a_new_text_is_not(agent):
    webinar = make_webinar()
    services.register(webinar, agent)
    page = page_of(webinar)
    page.starts_at += HOUR
    page.save()
    for _ in range(2):
        announce(page)
        tasks.run_all()
    page.summary = "Autrement dit."
    announce(page)
    told = sent_to(agent)
    assert [mail.method for mail in told] == ["REQUEST", "REQUEST"]
    assert told[1].component.start == page.starts_at.replace(microsecond=0)
    assert told[1].sequence > told[0].sequence


@pytest.mark.parametrize("how", ["called off", "taken away"])
def test_calendars_let_go_of_what_does_not_take_place(agent, how):
    webinar = make_webinar()
    services.register(webinar, agent)
    if how == "called off":
        services.call_off(webinar, "L’oratrice est souffrante.", by=agent)
    else:
        withdraw(page_of(webinar))
    tasks.run_all()
    assert [mail.method for mail in sent_to(agent)] == ["REQUEST", "CANCEL"]


def test_called_off_by_mistake_everybody_is_invited_again(agent):
    webinar = make_webinar()
    services.register(webinar, agent)
    services.call_off(webinar, "Erreur.", by=agent)
    tasks.run_all()
    services.restore(webinar, by=agent)
    tasks.run_all()
    assert [mail.method for mail in sent_to(agent)] == ["REQUEST", "CANCEL", "REQUEST"]


@pytest.mark.parametrize(
    ("begins", "registered", "shown"),
    [
        (0.2, True, True),
        (-0.5, True, True),
        (0.4, True, False),
        (-1.1, True, False),
        (-0.5, False, False),
    ],
)
def test_the_link_is_given_to_those_registered_shortly_before_and_during(
    client, agent, begins, registered, shown
):
    webinar = make_webinar(begins=begins)
    if registered:
        make_registration(webinar, agent)
    page = room(client, webinar)
    # Opening it passes by the site, which keeps who was there.
    assert ("rejoindre/" in page) == shown
    assert MEETING not in page
    answer = client.get(f"{webinar.get_absolute_url()}rejoindre/")
    assert (answer["Location"] == MEETING) == shown
    assert WebinarPresence.objects.filter(joined_at__isnull=False).exists() == shown


def test_what_a_browser_asks_ahead_is_no_presence(client, agent):
    webinar = make_webinar(begins=-0.5)
    make_registration(webinar, agent)
    url = f"{webinar.get_absolute_url()}rejoindre/"
    assert client.get(url, headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert not WebinarPresence.objects.exists()


def test_reminders_leave_a_day_and_an_hour_before_once_each(agent):
    webinar = make_webinar(begins=30)
    make_registration(webinar, agent)
    make_registration(webinar, cancelled_at=timezone.now())

    def told():
        return Notification.objects.filter(kind=telling.REMINDER).count()

    telling.run_clock()
    assert told() == 0
    for hours in (-23.5, -23.4, -0.5, -0.4):
        telling.run_clock(webinar.starts_at + hours * HOUR)
    assert told() == 2
    assert Notification.objects.filter(user=agent).count() == 2


def test_the_replay_is_announced_once_to_those_registered(agent):
    webinar = make_replay()
    make_registration(webinar, agent)
    for _ in range(2):
        telling.run_clock()
    row = Notification.objects.get()
    assert (row.user, row.kind) == (agent, telling.REPLAY)
    assert row.url == webinar.get_absolute_url()


def test_the_personal_calendar_holds_it_without_the_link(agent):
    from learning.calendars.feed import personal

    webinar = make_webinar()
    services.register(webinar, agent)
    content = personal(agent).decode()
    assert str(webinar.uuid) in content
    assert MEETING not in content
    services.cancel(webinar, agent)
    assert str(webinar.uuid) not in personal(agent).decode()


def test_the_team_goes_before_the_clock_and_can_undo(client):
    trainer = UserFactory(role="trainer")
    webinar = make_webinar(trainers=[trainer])
    client.force_login(trainer)
    team = f"{webinar.get_absolute_url()}equipe/"
    for act, state in (("ouvrir", "live"), ("terminer", "ended"), ("reprendre", "announced")):
        client.post(f"{team}{act}/")
        webinar.refresh_from_db()
        assert webinar.state == WebinarState(state)
    answer = client.post(f"{team}lien/", {"meeting_url": "http://sans-serrure.example.org"})
    assert answer.status_code == 422
    client.post(f"{team}lien/", {"meeting_url": "https://ailleurs.example.org/x"})
    webinar.refresh_from_db()
    assert webinar.meeting_url == "https://ailleurs.example.org/x"


def test_a_trainer_runs_only_the_webinars_that_name_them(client):
    client.force_login(UserFactory(role="trainer"))
    webinar = make_webinar()
    for page in ("equipe/", "equipe/message/"):
        assert client.get(f"{webinar.get_absolute_url()}{page}").status_code == 404
    export = client.get(f"/exports/webinaire-personnes/?webinaire={webinar.uuid}&format=csv")
    assert export.status_code in {403, 404}


def test_the_team_s_list_goes_before_the_link(client):
    trainer = UserFactory(role="trainer")
    webinar = make_webinar(begins=-0.5, trainers=[trainer])
    opened, silent, away = (make_registration(webinar).user for _ in range(3))
    WebinarPresence.objects.create(webinar=webinar, user=opened, joined_at=timezone.now())
    client.force_login(trainer)
    shown = [str(person.uuid) for person in (opened, silent, away)]
    stranger = UserFactory()
    sent = {"shown": [*shown, str(stranger.uuid)], "present": [shown[1], str(stranger.uuid)]}
    client.post(f"{webinar.get_absolute_url()}equipe/presences/", sent)
    rows = {row.user: row for row in WebinarPresence.objects.all()}
    assert (rows[opened].was_live, rows[silent].was_live) == (False, True)
    assert rows[silent].declared_by == trainer
    # Nobody becomes present who is not of this webinar, nor absent who said nothing.
    assert set(rows) == {opened, silent}


def test_each_figure_of_the_team_leads_to_as_many_people(client):
    trainer = UserFactory(role="trainer")
    webinar = make_webinar(begins=-2, trainers=[trainer])
    now = timezone.now()
    for said in (
        {"joined_at": now},
        {"joined_at": now, "declared": False},
        {"declared": True, "replay_done_at": now},
        {"replay_started_at": now, "replay_done_at": now},
        {"replay_started_at": now},
        {},
    ):
        user = make_registration(webinar).user
        WebinarPresence.objects.create(webinar=webinar, user=user, **said)
    WebinarPresence.objects.create(webinar=webinar, user=UserFactory(), replay_done_at=now)
    client.force_login(trainer)
    figures = client.get(f"{webinar.get_absolute_url()}equipe/").context["figures"]
    assert [figure["value"] for figure in figures] == [6, 2, 3, 4]
    for figure in figures:
        listing = client.get(figure["url"]).context["listing"]
        assert listing.page.paginator.count == figure["value"]


def test_a_message_reaches_each_once_and_nobody_else(client):
    trainer = UserFactory(role="trainer")
    webinar = make_webinar(trainers=[trainer])
    registered = make_registration(webinar).user
    make_registration(webinar, cancelled_at=timezone.now())
    client.force_login(trainer)
    page = f"{webinar.get_absolute_url()}equipe/message/"
    token = str(client.get(page).context["form"].initial["token"])
    sent = {"audience": "registered", "subject": "Avant", "text": "Lisez ceci.", "token": token}
    for _ in range(2):
        client.post(page, sent)
    tasks.run_all()
    mails = [mail for mail in django_mail.outbox if mail.subject == "Avant"]
    assert [mail.to for mail in mails] == [[registered.email]]


def test_the_file_of_the_people_says_who_was_there(client):
    trainer = UserFactory(role="trainer")
    webinar = make_webinar(begins=-0.5, trainers=[trainer])
    person = make_registration(webinar).user
    WebinarPresence.objects.create(webinar=webinar, user=person, joined_at=timezone.now())
    make_registration(make_webinar(), make_member(last_name="Dailleurs"))
    client.force_login(trainer)
    answer = client.get(f"/exports/webinaire-personnes/?webinaire={webinar.uuid}&format=csv")
    text = b"".join(answer).decode()
    assert str(person) in text
    assert "Dailleurs" not in text


def test_the_announcement_says_what_one_learns_and_who_speaks(client):
    webinar = make_webinar(objectives="<p>Passer la main.</p>")
    page = page_of(webinar)
    page.speakers.add(WebinarSpeaker(name="Camille Modèle", role="formatrice (fictive)"))
    page.save()
    html = client.get(page.get_url()).content.decode()
    for text in ("Passer la main", "Camille Modèle", "Une heure ensemble."):
        assert escape(text) in html


@pytest.mark.parametrize(
    ("begins", "said"), [(2, "un quart d’heure avant"), (-0.5, "vous ouvrez la réunion ici même")]
)
def test_whoever_is_not_registered_reads_where_the_meeting_will_open(client, agent, begins, said):
    webinar = make_webinar(starts_at=timezone.now() + begins * HOUR)
    assert said in room(client, webinar)
