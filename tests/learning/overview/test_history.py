"""One's own history: in person and online, in one order, on the page and in the files."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import Outcome, SessionState
from learning.models import Enrolment
from learning.paths.factories import make_enrolment, make_path
from learning.paths.kinds import EnrolmentState
from learning.steering import history
from learning.steering.forms import HistoryFilters

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAGE = "/espace-pro/formations/historique/"


@pytest.fixture
def agent():
    """Attended a session 40 days ago; completed a path 10 days ago, taken again since; one not begun."""
    user, now = UserFactory(), timezone.now()
    session = SessionFactory(starts_in=-40 * DAY, state=SessionState.CLOSED)
    RegistrationFactory(
        user=user, session=session, outcome=Outcome.ATTENDED, half_days_due=2, half_days_present=2
    )
    path = make_path(title="Tenir l’accueil")
    done = {"state": EnrolmentState.COMPLETED, "completed_at": now - 10 * DAY}
    make_enrolment(path, user, superseded=True, last_at=now - 10 * DAY, seconds=3600, **done)
    make_enrolment(path, user, round=2, last_at=now - DAY, seconds=600)
    make_enrolment(make_path(title="Jamais commencé"), user)
    make_enrolment(path, last_at=now)
    return user


def test_rounds_of_paths_and_sessions_stand_in_one_order(agent):
    found = [(entry.kind, entry.result) for entry in history.entries(agent)]
    assert found == [("path", "En cours"), ("path", "Terminé"), ("session", "Suivie")]


def test_it_is_narrowed_by_kind_with_its_counts(agent):
    listing = history.listing(agent, HistoryFilters({"type": "path"}))
    assert listing.total == 2
    kinds = next(facet for facet in listing.facets if facet.name == "type")
    assert {choice.value: choice.count for choice in kinds.choices} == {"path": 2, "session": 1}


def test_a_wrong_filter_narrows_nothing_and_is_said(agent, client):
    client.force_login(agent)
    response = client.get(f"{PAGE}?type=zz&annee=hier&page=99")
    assert response.status_code == 200
    assert response.context["listing"].total == 3
    assert 'role="alert"' in response.content.decode()


def test_the_csv_holds_paths_with_their_minutes(agent, client):
    client.force_login(agent)
    text = b"".join(client.get("/exports/mes-formations/?format=csv")).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row[0][:1] != "#"]
    assert [row[-1] for row in rows[1:]] == ["10", "60", ""]


@pytest.mark.pdf
def test_the_pdf_holds_paths(agent, client):
    from pypdf import PdfReader

    client.force_login(agent)
    answer = client.get(f"{PAGE}pdf/?type=path")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert " ".join(text.split()).count("Tenir l’accueil") == 2
    assert Enrolment.objects.filter(user=agent).count() == 3
