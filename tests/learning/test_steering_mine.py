""" "Mes formations": what comes first, what is mine alone, in few queries."""

import csv
import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from cms import request_scope
from learning.alerts import services as alerts
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import Outcome, RegistrationState, SessionState
from learning.models import Registration
from learning.steering import history, holdings, panels
from learning.steering.mine import mine
from maisons.factories import CommuneFactory, MembershipFactory
from tests.support.documents import assert_pdf_ua

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def agent():
    user = UserFactory()
    MembershipFactory(user=user)
    return user


def past_session(days=40, **kwargs):
    return SessionFactory(starts_in=-days * DAY, state=SessionState.CLOSED, **kwargs)


def done(agent, outcome=Outcome.ATTENDED, **kwargs):
    session = kwargs.pop("session", None) or past_session()
    return RegistrationFactory(
        user=agent,
        session=session,
        outcome=outcome,
        half_days_due=2,
        half_days_present=0 if outcome == Outcome.ABSENT else 2,
        **kwargs,
    )


def test_the_soonest_confirmed_session_is_the_next(agent):
    later = RegistrationFactory(user=agent, session=SessionFactory(starts_in=20 * DAY))
    soon = RegistrationFactory(user=agent, session=SessionFactory(starts_in=5 * DAY))
    RegistrationFactory(
        user=agent, session=SessionFactory(starts_in=2 * DAY), state=RegistrationState.REQUESTED
    )
    found = mine(agent)
    assert found.next == soon
    assert found.later == [later]


def test_a_session_that_runs_now_is_still_the_next(agent):
    row = RegistrationFactory(user=agent, session=SessionFactory(starts_in=-dt.timedelta(hours=2)))
    assert mine(agent).next == row


def test_one_that_waits_sees_their_rank_and_nobody_else_counts(agent):
    session, now = SessionFactory(), timezone.now()
    for hours in (3, 2):
        RegistrationFactory(
            session=session,
            state=RegistrationState.WAITING,
            queued_at=now - dt.timedelta(hours=hours),
        )
    RegistrationFactory(session=session)
    RegistrationFactory(
        user=agent,
        session=session,
        state=RegistrationState.WAITING,
        queued_at=now - dt.timedelta(hours=1),
    )
    assert [row.rank for row in mine(agent).waiting] == [3]


def test_an_open_offer_is_answered_on_the_spot(agent, client):
    row = RegistrationFactory(
        user=agent,
        state=RegistrationState.OFFERED,
        offer_expires_at=timezone.now() + dt.timedelta(hours=5, minutes=1),
    )
    client.force_login(agent)
    text = client.get("/espace-pro/formations/").content.decode()
    assert f"{row.get_absolute_url()}accepter/" in text
    assert "5 heures" in text.replace("\xa0", " ")


def test_a_free_place_in_the_last_hours_is_shown_to_whoever_waits(agent):
    session = SessionFactory(starts_in=dt.timedelta(hours=30), capacity=1)
    row = RegistrationFactory(user=agent, session=session, state=RegistrationState.WAITING)
    assert mine(agent).offers == [row]
    RegistrationFactory(session=session)
    assert mine(agent).offers == []


def test_an_offer_that_ran_out_is_not_offered_again(agent):
    RegistrationFactory(
        user=agent,
        state=RegistrationState.OFFERED,
        offer_expires_at=timezone.now() - dt.timedelta(minutes=1),
    )
    assert mine(agent).offers == []


def test_other_rooms_add_a_panel_a_thing_to_do_and_an_action(agent, client, monkeypatch):
    RegistrationFactory(user=agent)
    for name in ("_panels", "_to_do", "_actions"):
        monkeypatch.setattr(panels, name, [])
    panels.register(
        lambda request: {
            "title": "Un volet",
            "template": "learning/steering/_test.html",
            "context": {},
            "order": 1,
        }
    )
    panels.register(lambda request: None)
    panels.register_to_do(
        lambda request: [
            panels.ToDo("Sans date", "Faire", "/a/"),
            panels.ToDo("Bientôt", "Faire", "/b/", until=timezone.now() + DAY),
        ]
    )
    panels.register_action(lambda request, row: [panels.Action("Signer", "/signer/")])
    monkeypatch.setattr("learning.steering.views.mine.panels_for", lambda request: None)
    client.force_login(agent)
    text = client.get("/espace-pro/formations/").content.decode()
    assert text.index("Bientôt") < text.index("Sans date")
    assert "/signer/" in text
    assert [panel["title"] for panel in panels.panels_for(None).main] == ["Un volet"]


@pytest.mark.parametrize("many", [1, 60])
def test_fifteen_queries_at_most_above_an_empty_page(agent, client, settings, many):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    session = past_session()
    for _ in range(min(many, 12)):
        done(agent)
    others = UserFactory.create_batch(many)
    Registration.objects.bulk_create(
        Registration(session=session, user=other, state="confirmed") for other in others
    )
    for days in (3, 9):
        RegistrationFactory(user=agent, session=SessionFactory(starts_in=days * DAY))
    RegistrationFactory(user=agent, state=RegistrationState.WAITING)
    client.force_login(agent)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    empty = cost("/page-vide/")
    for url in ("/espace-pro/formations/", "/espace-pro/formations/historique/"):
        assert cost(url) - empty <= 15, url


def test_what_is_ahead_is_the_same_in_the_database_and_in_memory(agent):
    for state in RegistrationState.values:
        for days in (-3, 0, 3):
            for stage in (SessionState.OPEN, SessionState.CANCELLED):
                RegistrationFactory(
                    user=agent,
                    state=state,
                    session=SessionFactory(starts_in=days * DAY, state=stage),
                )
    found = mine(agent)
    behind = history.history_of(agent).count()
    assert behind + len(found.shown) - len(found.recent) == 42


# -- History --------------------------------------------------------------------------------------


def test_history_holds_what_is_behind_and_nothing_of_anybody_else(agent):
    mine_done = done(agent)
    withdrawn = RegistrationFactory(user=agent, state=RegistrationState.CANCELLED)
    RegistrationFactory(user=agent)
    done(UserFactory())
    assert set(history.history_of(agent)) == {mine_done, withdrawn}


def test_history_is_narrowed_by_year_and_by_module(agent, client):
    kept = done(agent)
    done(agent, session=past_session(days=800))
    client.force_login(agent)
    start = timezone.localtime(kept.session.first_starts_at)
    for query in (f"annee={start.year}&module={kept.session.module.slug}",):
        listing = client.get(f"/espace-pro/formations/historique/?{query}").context["listing"]
        assert [entry.url for entry in listing.page.object_list] == [kept.get_absolute_url()]


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text), delimiter=";") if row[0][:1] != "#"]


def test_the_csv_holds_ones_own_rows_alone(agent, client):
    done(agent)
    done(UserFactory())
    client.force_login(agent)
    rows = rows_of(client.get("/exports/mes-formations/?format=csv"))
    assert len(rows) == 2
    assert rows[1][3:6] == ["2", "2", "Suivie"]


@pytest.mark.pdf
def test_the_pdf_is_accessible_and_holds_ones_own_rows_alone(agent, client, tmp_path):
    from pypdf import PdfReader

    own, other = done(agent), done(UserFactory())
    client.force_login(agent)
    answer = client.get("/espace-pro/formations/historique/pdf/")
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
    assert own.session.module.title in text
    assert other.session.module.title not in text
    assert_pdf_ua(answer.content, tmp_path)


def test_a_wrong_filter_of_the_pdf_is_said_by_the_page(agent, client):
    client.force_login(agent)
    answer = client.get("/espace-pro/formations/historique/pdf/?annee=hier", follow=True)
    assert answer.redirect_chain[0][0] == "/espace-pro/formations/historique/?annee=hier"
    assert "quatre chiffres" in answer.content.decode()


def test_what_nobody_has_is_not_looked_for(client, django_assert_num_queries):
    person = MembershipFactory(user=UserFactory()).user
    token = request_scope.begin()
    try:
        with django_assert_num_queries(1):
            assert not any(holdings.has(person, code) for code in holdings._rows)
        assert {"alerts", "calendar", "path-certificates"} <= set(holdings._rows)
    finally:
        request_scope.end(token)
    alerts.follow(person, CommuneFactory(), 30)
    assert holdings.has(person, "alerts")
    client.force_login(person)
    assert client.get("/espace-pro/formations/").status_code == 200
