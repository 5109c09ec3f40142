"""Training in person as people meet it, from a session near them to what the network has learnt."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.attendance import codes
from learning.attendance.queries import half_days_of
from learning.factories import SessionFactory
from learning.kinds import CertificateKind, FileState
from learning.models import Certificate, Registration, Session
from maisons.factories import MembershipFactory
from tests.learning.calendar_mails import sent_to

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
HOUR = dt.timedelta(hours=1)


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    return browser


def sign_at_the_door(session, agent, trainer, clock):
    """Each half-day: the trainer shows the code, the agent scans it before signing in, and confirms."""
    for half_day in half_days_of(session):
        clock.move_to(half_day.starts_at + HOUR / 6, tick=False)
        shown = trainer.get(reverse("learning:attendance-door", args=[session.uuid]))
        token = codes.token(half_day, half_day.starts_at + HOUR / 6)
        assert shown.status_code == 200
        phone = Client()
        phone.get(reverse("learning:attendance-scan", args=[token]))
        phone.force_login(agent)
        phone.post("/emargement/presence/")
        clock.move_to(half_day.ends_at, tick=False)
        address = reverse("learning:attendance-sign", args=[session.uuid, half_day.uuid])
        assert trainer.post(address).status_code == 302


def test_from_a_session_near_one_to_a_certificate_and_to_the_figures(clock, settings):
    settings.REQUIRE_MFA = False
    agent, trainer_user = UserFactory(), UserFactory(role="trainer")
    membership = MembershipFactory(user=agent)
    manager = UserFactory()
    MembershipFactory(user=manager, maison=membership.maison, role="manager")
    session = SessionFactory(trainer=trainer_user, starts_in=10 * 24 * HOUR, capacity=2)
    me, trainer = signed_in(agent), signed_in(trainer_user)

    # An agent finds it, registers, and their calendar is told.
    found = me.get("/sessions/", {"pres_de": session.commune.name}).content.decode()
    assert session.get_absolute_url() in found
    address = f"{session.get_absolute_url()}inscription/"
    me.post(address, {"maison": membership.maison.pk, "expectations": "Des exemples"})
    row = Registration.objects.get(user=agent)
    assert row.state == "confirmed"
    [invitation] = [mail for mail in sent_to(agent) if mail.part is not None]
    assert invitation.method == "REQUEST"
    assert str(session.dates.get().uuid) in invitation.uid

    # The day comes: presence by phone, countersigned, closed in one act.
    assert "Des exemples" in trainer.get(f"/espace-pro/seances/{session.uuid}/").content.decode()
    sign_at_the_door(session, agent, trainer, clock)
    clock.move_to(half_days_of(session)[1].ends_at + HOUR, tick=False)
    trainer.post(reverse("learning:closing", args=[session.uuid]), {"reason": ""})
    session = Session.objects.get(pk=session.pk)
    row.refresh_from_db()
    assert (session.state, row.outcome) == ("closed", "attended")
    run_all()

    # The agent reads their certificate where they look for it.
    mine = Certificate.objects.filter(registration=row)
    assert {each.file_state for each in mine} == {FileState.READY}
    page = me.get("/espace-pro/formations/").content.decode()
    for each in mine:
        assert reverse("learning:certificate", args=[each.uuid]) in page
    completion = mine.get(kind=CertificateKind.COMPLETION)
    answer = me.get(reverse("learning:certificate", args=[completion.uuid]))
    text = PdfReader(BytesIO(b"".join(answer))).pages[0].extract_text()
    assert str(agent) in re.sub(r"\s+", " ", text)

    # Their manager sees the result, the national team the figure, and the questionnaire waits.
    team = signed_in(manager).get("/espace-pro/equipe/formations/").content.decode()
    assert str(agent) in team
    network = signed_in(UserFactory(role="national-team")).get("/espace-pro/formations/reseau/")
    assert network.status_code == 200
    assert "/espace-pro/evaluations/" in page
