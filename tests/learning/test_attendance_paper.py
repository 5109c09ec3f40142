"""Attendance sheets on paper: filled and blank, PDF/UA-1, without what is nobody's business."""

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.factories import UserFactory
from learning.attendance import paper
from learning.attendance.queries import half_days_of
from learning.attendance.services import countersign, record
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import AttendanceWay as Way
from tests.support.documents import assert_pdf_ua

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def session(trainer):
    session = SessionFactory(trainer=trainer, days=3)
    here, away = (
        RegistrationFactory(session=session, accommodations="Boucle magnétique") for _ in range(2)
    )
    morning = half_days_of(session)[0]
    now = morning.starts_at + dt.timedelta(minutes=2)
    record(morning, here, present=True, way=Way.DOOR, by=here.user, now=now)
    record(morning, away, present=False, way=Way.TRAINER, by=trainer, now=now)
    countersign(morning, trainer, now=morning.ends_at)
    return session


def text_of(content):
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()
    )


def test_the_sheet_says_who_was_there_how_and_who_certifies_it(session, trainer):
    text = text_of(paper.filled(session))
    for row in session.registrations.all():
        assert str(row.user) in text
    assert "09:02" in text and str(trainer) in text
    assert "Boucle" not in text


def test_the_blank_sheet_has_a_box_for_each_and_free_rows(session):
    text = text_of(paper.blank(session))
    for row in session.registrations.all():
        assert str(row.user) in text
    assert text.count("Ligne libre") == 2 * paper.SPARE_ROWS  # six half-days: three a page
    assert "09:02" not in text and "Boucle" not in text


def test_both_are_accessible(session, tmp_path):
    assert_pdf_ua([paper.filled(session), paper.blank(session)], tmp_path)


def test_they_are_sent_as_files_that_nothing_keeps(client, session, trainer):
    client.force_login(trainer)
    for part in ("feuille.pdf", "feuille-vierge.pdf"):
        response = client.get(f"/espace-pro/seances/{session.uuid}/emargement/{part}")
        assert response["Content-Type"] == "application/pdf"
        assert "no-store" in response["Cache-Control"]
