"""The network's figures: each is the length of its list, whatever the data and the filters."""

import datetime as dt
import random
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import User
from cms.factories import home
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory
from learning.kinds import Outcome, RegistrationState, SessionKind, SessionState
from learning.models import Registration, Session, SessionDate
from learning.steering import figures, network
from learning.steering.forms import AXES, NetworkFilters
from maisons.factories import (
    CommuneFactory,
    DepartmentFactory,
    HostOrganisationFactory,
    MaisonFactory,
    RegionFactory,
)
from maisons.models import Membership

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAGE = "/espace-pro/formations/reseau/"


def asked(query=""):
    form = NetworkFilters(QueryDict(query))
    assert form.is_valid(), form.errors
    return form.cleaned_data


def listed(slug, filters):
    return network.LISTS[slug].rows(filters).count()


def random_network(chance, people=40, sessions=25):
    """Sessions of every state and registrations of every end, of many Maisons or of none."""
    home()
    regions = [RegionFactory(code=code, name=f"Région {code}") for code in ("84", "75")]
    departments = [
        DepartmentFactory(code=code, name=f"Dép. {code}", region=chance.choice(regions))
        for code in ("15", "19", "87")
    ]
    communes = [CommuneFactory(department=chance.choice(departments)) for _ in range(5)]
    hosts = [None, *(HostOrganisationFactory(kind=kind) for kind in ("la-poste", "association"))]
    maisons = [
        MaisonFactory(commune=chance.choice(communes), host_organisation=chance.choice(hosts))
        for _ in range(6)
    ]
    modules = [
        ModuleFactory(slug="decouvrir-le-reseau"),
        *ModuleFactory.create_batch(3),
    ]
    users = UserFactory.create_batch(people)
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(
            user=user,
            maison=chance.choice(maisons),
            role="agent",
            starts_at=now - chance.randrange(200, 900) * DAY,
            ends_at=now - DAY * chance.randrange(1, 200) if chance.random() < 0.1 else None,
        )
        for user in users
        if chance.random() < 0.9
    )
    made = []
    for _ in range(sessions):
        start = now + dt.timedelta(hours=chance.randrange(-24 * 500, 24 * 60))
        made.append(
            Session(
                module=chance.choice(modules),
                kind=chance.choice([*[SessionKind.REGULAR] * 4, SessionKind.PILOT]),
                state=chance.choice([*[SessionState.OPEN, SessionState.CLOSED] * 4, *SessionState]),
                commune=chance.choice([*communes, None]),
                mode="remote",
                capacity=12,
                minimum=1,
                first_starts_at=start,
                last_ends_at=start + dt.timedelta(hours=chance.choice([7, 31])),
            )
        )
    Session.objects.bulk_create(made)
    SessionDate.objects.bulk_create(
        SessionDate(session=s, starts_at=s.first_starts_at, ends_at=s.last_ends_at) for s in made
    )
    states = [*[RegistrationState.CONFIRMED] * 8, *RegistrationState]
    Registration.objects.bulk_create(
        Registration(
            session=session,
            user=user,
            maison=chance.choice([*maisons, None]),
            state=(state := chance.choice(states)),
            cancelled_late=state == RegistrationState.CANCELLED and chance.random() < 0.5,
            outcome=chance.choice(["", *Outcome.values, "attended", "attended"]),
        )
        for session in made
        for user in chance.sample(users, chance.randrange(min(12, len(users))))
    )


FILTERS = (
    "",
    "du=2015-01-01",
    "du=2015-01-01&genre=toutes",
    "genre=pilotes&du=2015-01-01",
    "departement=15&du=2015-01-01",
    "region=84&module=decouvrir-le-reseau&du=2015-01-01",
    "porteur=la-poste",
    "porteur=sans",
    "maison=sans&du=2015-01-01",
    "ville=sans&mois=36",
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_is_the_length_of_its_list(seed):
    random_network(random.Random(seed))
    for query in FILTERS:
        filters = asked(query)
        counts = figures.figures(filters).counts
        for slug in network.LISTS:
            assert counts[slug] == listed(slug, filters), (query, slug)


@pytest.mark.parametrize("seed", [4, 5])
def test_every_number_of_every_breakdown_opens_a_list_of_that_length(seed, client):
    random_network(random.Random(seed))
    client.force_login(UserFactory(role="national-team"))
    opened = 0
    for query in FILTERS[:6:2]:
        for axis, _label in AXES:
            answer = client.get(f"{PAGE}?{query}&par={axis}")
            for row in answer.context["table"]["rows"]:
                for cell in row[1:]:
                    html = str(cell["value"])
                    if "href" not in html:
                        continue
                    address = html.split('"')[1].replace("&amp;", "&")
                    count = int(html.split(">")[1].split("<")[0])
                    slug = urlsplit(address).path.rstrip("/").rpartition("/")[2]
                    assert listed(slug, asked(urlsplit(address).query)) == count, (address, query)
                    opened += 1
    assert opened > 50


@pytest.mark.parametrize("seed", [6])
def test_months_and_departments_open_lists_of_their_length(seed, client):
    random_network(random.Random(seed))
    client.force_login(UserFactory(role="national-team"))
    for query in FILTERS[:4]:
        filters = asked(query)
        for item in figures.by_month(figures.figures(filters)):
            assert item.attended == listed("suivies", {**filters, **asked_days(item.chosen)})
        for code, count in figures.trained_by_department(figures.figures(filters)).items():
            pairs = {**dict(parse_qsl(query)), "departement": code}
            assert count == listed("agents", asked("&".join(f"{k}={v}" for k, v in pairs.items())))


def asked_days(chosen):
    return {name: dt.date.fromisoformat(value) for name, value in chosen.items()}


def test_breakdowns_add_up_to_the_figures():
    random_network(random.Random(7))
    filters = asked("du=2015-01-01")
    found = figures.figures(filters)
    for axis, _label in AXES:
        lines = figures.broken_down(found, filters, axis)
        for slug in ("inscriptions", "suivies", "absences", "annulations"):
            assert sum(line.counts[slug] for line in lines) == found.counts[slug], (axis, slug)


def test_pilot_sessions_are_out_of_figures_unless_asked_and_the_page_says_so(client):
    session = SessionFactory(starts_in=-30 * DAY, kind=SessionKind.PILOT, state="closed")
    RegistrationFactory(session=session, outcome=Outcome.ATTENDED)
    client.force_login(UserFactory(role="national-team"))
    answer = client.get(PAGE)
    assert figures.figures(asked()).counts["agents"] == 0
    assert "pilotes sont exclues" in answer.content.decode()
    assert figures.figures(asked("genre=toutes")).counts["agents"] == 1


def test_a_withdrawn_person_marked_as_attending_is_not_trained():
    session = SessionFactory(starts_in=-30 * DAY, state="closed")
    RegistrationFactory(
        session=session, outcome=Outcome.ATTENDED, state=RegistrationState.CANCELLED
    )
    assert figures.figures(asked()).counts["agents"] == 0


def test_a_list_as_a_file_has_the_rows_of_its_page(client):
    random_network(random.Random(8))
    client.force_login(UserFactory(role="national-team"))
    for slug in network.LISTS:
        answer = client.get(f"/exports/formation-{slug}/?format=csv&du=2015-01-01&departement=15")
        lines = b"".join(answer.streaming_content).decode().strip().splitlines()
        assert len(lines) - 4 == listed(slug, asked("du=2015-01-01&departement=15")), slug


def test_wrong_filters_are_said_and_never_widen_silently(client):
    client.force_login(UserFactory(role="national-team"))
    for query in ("du=hier", "module=zz", "ville=x", "session=1", "mois=0", "page=99", "par=zz"):
        answer = client.get(f"{PAGE}?{query}")
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode(), query


@pytest.mark.parametrize("many", [5, 60])
def test_the_queries_do_not_grow_with_the_network(client, settings, many):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    random_network(random.Random(9), people=many, sessions=many)
    client.force_login(UserFactory(role="national-team"))

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    empty = cost("/page-vide/")
    urls = [PAGE, *(f"{PAGE}?par={axis}" for axis, _label in AXES)]
    urls += [f"{PAGE}{slug}/?du=2015-01-01" for slug in network.LISTS]
    for url in urls:
        assert cost(url) - empty <= 15, url


def test_only_the_national_team_steers(client):
    for role, scope in (("trainer", None), ("trainer", "15"), ("prefecture-referent", "15")):
        DepartmentFactory()
        kwargs = {"scope": ("department", scope)} if scope else {}
        client.force_login(UserFactory(role=role, **kwargs))
        assert client.get(PAGE).status_code == 403
        assert client.get(f"{PAGE}agents/").status_code == 403
        assert client.get("/exports/formation-agents/?format=csv").status_code == 404
    assert User.objects.count() == 3
