"""The coming sessions as list, calendar and map: the same filters, the same sessions."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.factories import UserFactory
from learning.factories import ModuleFactory, SessionFactory
from learning.kinds import SessionState
from learning.models import Session, SessionDate
from maisons.factories import CommuneFactory, DepartmentFactory

pytestmark = pytest.mark.django_db
VIEWS = ("/sessions/", "/sessions/calendrier/", "/sessions/carte/")


def get(path, user=None, **query):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(path, query)


def month_of(session):
    return f"{session.first_starts_at.astimezone(session.zone):%Y-%m}"


def in_calendar(**query):
    month = get("/sessions/calendrier/", **query).context["month"]
    return {date.session for day in month.busy for date in day.dates}


def test_the_days_of_the_filter_hold_in_all_three_views():
    soon, late = SessionFactory(), SessionFactory(starts_in=dt.timedelta(days=90))
    day = soon.first_starts_at.astimezone(soon.zone).date()
    asked = {"du": day.isoformat(), "au": day.isoformat()}
    listing = get("/sessions/", **asked).context["found"].listing
    assert list(listing.page.object_list) == [soon]
    assert in_calendar(**asked, mois=month_of(soon)) == {soon}
    assert in_calendar(**asked, mois=month_of(late)) == set()
    assert get("/sessions/carte/", **asked).context["listing"].total == 1


@pytest.mark.parametrize("path", VIEWS)
def test_filters_survive_from_one_view_to_the_others(path):
    session = SessionFactory()
    asked = {"module": session.module.slug, "du": "2026-01-01", "pres_de": session.city}
    answer = get(path, **asked)
    for tab in answer.context["views"]:
        for name in asked:
            assert f"{name}=" in tab["url"]
    page = answer.content.decode()
    assert page.count('name="module"') >= 2, "the search form keeps the facets"
    assert page.count('name="du"') >= 2, "the facets keep the days"


@pytest.mark.parametrize("path", VIEWS)
@pytest.mark.parametrize(
    "wrong",
    [
        {"du": "9999-12-31", "au": "0001-01-01"},
        {"du": "2027-02-31"},
        {"au": "x" * 500},
        {"du": "2027-03-02", "au": "2027-03-01"},
        {"mois": "2026-00"},
        {"mois": "9999-12"},
        {"mois": "0001-01"},
        {"mois": "²026-01"},
        {"mois": "2026-1\x00"},
        {"rayon": "-1", "pres_de": "\x00", "commune": "00000"},
    ],
)
def test_a_wrong_value_gets_the_page(path, wrong):
    SessionFactory()
    assert get(path, **wrong).status_code == 200


def test_a_wrong_month_is_said():
    page = get("/sessions/calendrier/", mois="2026-13").content.decode()
    assert "2027-03" in page


@pytest.mark.parametrize("mois", ["2015-01", "2099-12"])
def test_the_calendar_ends_somewhere(mois):
    month = get("/sessions/calendrier/", mois=mois).context["month"]
    assert bool(month.before) != bool(month.after)


def test_a_date_stands_on_its_day_by_the_clock_of_the_place():
    reunion = DepartmentFactory(code="974", name="La Réunion", time_zone="Indian/Reunion")
    session = SessionFactory(commune=CommuneFactory(code="97411", department=reunion))
    date = session.dates.get()
    # 22:30 in Paris is already the next day there.
    start = date.starts_at.replace(hour=22, minute=30)
    SessionDate.objects.filter(pk=date.pk).update(
        starts_at=start, ends_at=start + dt.timedelta(hours=2)
    )
    local = start.astimezone(session.zone).date()
    month = get("/sessions/calendrier/", mois=f"{local:%Y-%m}").context["month"]
    assert [day.date for day in month.busy] == [local]


def test_drafts_and_past_sessions_are_in_no_view():
    SessionFactory(state=SessionState.DRAFT)
    SessionFactory(starts_in=-dt.timedelta(days=3))
    assert in_calendar() == set()
    assert get("/sessions/carte/").context["listing"].total == 0


def test_a_calendar_without_a_session_leads_to_the_month_that_has_one():
    session = SessionFactory(starts_in=dt.timedelta(days=100))
    month = get("/sessions/calendrier/", mois="2016-01").context["month"]
    assert f"mois={month_of(session)}" in month.next_url


def test_the_map_says_in_words_what_it_draws():
    SessionFactory()
    drawing = get("/sessions/carte/").context["map"]
    assert [(shape.code, shape.label) for shape in drawing.listed] == [("15", "1 session")]
    assert "departement=15" in drawing.listed[0].url and len(drawing.dots) == 1


def many(count):
    module, commune = ModuleFactory(), CommuneFactory()
    start = timezone.now() + dt.timedelta(days=20)
    end = start + dt.timedelta(hours=6)
    rows = Session.objects.bulk_create(
        Session(
            module=module,
            state=SessionState.OPEN,
            commune=commune,
            first_starts_at=start,
            last_ends_at=end,
        )
        for _number in range(count)
    )
    SessionDate.objects.bulk_create(
        SessionDate(session=row, starts_at=start, ends_at=end) for row in rows
    )


@pytest.mark.parametrize("count", [10, 1000])
@pytest.mark.parametrize("path", VIEWS)
def test_the_views_cost_the_same_with_a_thousand_sessions(
    path, count, django_assert_max_num_queries
):
    many(count)
    user = UserFactory()
    with django_assert_max_num_queries(20):
        answer = get(path, pres_de="")
    assert len(answer.content) < 120_000
    with django_assert_max_num_queries(30):
        get(path, user)
