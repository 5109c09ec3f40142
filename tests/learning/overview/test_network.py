"""The network's online learning: each figure is the length of its list, whatever the filters."""

import csv
import datetime as dt
import io
import random
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import RoleAssignment
from accounts.services import roles_changed
from cms import exports, registry
from learning.factories import ModuleFactory
from learning.models import Enrolment, UnitProgress
from learning.overview import figures, network
from learning.overview.forms import AXES, PathsFilters
from learning.overview.progress_export import PROGRESS
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.paths.kinds import EnrolmentState
from maisons.factories import (
    CommuneFactory,
    DepartmentFactory,
    HostOrganisationFactory,
    MaisonFactory,
    MembershipFactory,
)
from maisons.models import Membership
from tests.learning.paths.test_dues import give_terms

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAGE = "/espace-pro/formations/reseau/parcours/"


def asked(query=""):
    form = PathsFilters(QueryDict(query))
    assert form.is_valid(), form.errors
    return form.cleaned_data


def listed(slug, query):
    return network.LISTS[slug].rows(asked(query)).count()


@pytest.fixture
def cell():
    user = UserFactory()
    RoleAssignment.objects.create(user=user, role="national-team", scope_kind="national")
    roles_changed(user)
    return user


def random_network(chance, people=60):
    """Enrolments of every state and date, for Maisons of two departments or for none."""
    communes = [CommuneFactory(department=DepartmentFactory(code=code)) for code in ("15", "87")]
    hosts = [None, HostOrganisationFactory(kind="la-poste")]
    maisons = [MaisonFactory(commune=c, host_organisation=h) for c in communes for h in hosts]
    module = ModuleFactory(slug="accueil")
    paths = [
        make_path(title="Un", module=module),
        make_path(title="Deux"),
        make_path(title="Trois"),
    ]
    users, now = UserFactory.create_batch(people), timezone.now()
    Membership.objects.bulk_create(
        Membership(
            user=user,
            maison=chance.choice(maisons),
            role="agent",
            starts_at=now - chance.randrange(10, 800) * DAY,
        )
        for user in users
        if chance.random() < 0.9
    )
    rows = []
    for user in users:
        for path in chance.sample(paths, chance.randrange(3)):
            made = now - chance.randrange(1, 600) * DAY
            state = chance.choice(EnrolmentState.values)
            done = min(made + chance.randrange(200) * DAY, now)
            row = Enrolment(
                path=path,
                user=user,
                version=path.version,
                maison=chance.choice([None, *maisons]),
                created_at=made,
                state=state,
                completed_at=done if state == EnrolmentState.COMPLETED else None,
                last_at=chance.choice([None, done]),
                due_on=(now + chance.randrange(-90, 90) * DAY).date(),
                seconds=600,
            )
            rows.append(row)
    Enrolment.objects.bulk_create(rows)
    return paths


QUERIES = (
    "",
    "du=2020-01-01",
    "departement=15",
    "porteur=la-poste",
    "maison=sans",
    "module=accueil",
)


def test_every_figure_and_every_number_of_a_breakdown_is_the_length_of_its_list():
    paths = random_network(random.Random(6))
    today = timezone.localdate()
    month = f"du={today - 90 * DAY}&au={today - 30 * DAY}"
    lately = f"du={today.replace(day=1)}"
    for query in (*QUERIES, month, lately, f"{lately}&maison=sans", f"parcours={paths[0].uuid}"):
        found = figures.figures(asked(query))
        for slug in network.LISTS:
            assert found.counts[slug] == listed(slug, query), (query, slug)
        for axis, _label in AXES:
            slugs = figures.BY_MONTH if axis == "mois" else figures.COLUMNS
            for line in figures.broken_down(found, asked(query), axis):
                chosen = dict(parse_qsl(query)) | line.chosen
                for slug in slugs:
                    wanted = network.LISTS[slug].rows(
                        asked("&".join(f"{k}={v}" for k, v in chosen.items()))
                    )
                    assert line.counts[slug] == wanted.count(), (query, axis, line.label, slug)
    assert found.counts["termines"], "the example holds something"


def test_breakdowns_leave_nobody_out():
    random_network(random.Random(7))
    found = figures.figures(asked("du=2020-01-01"))
    for axis, _label in AXES:
        lines = figures.broken_down(found, asked("du=2020-01-01"), axis)
        assert sum(line.counts["inscriptions"] for line in lines) == found.counts["inscriptions"]


def test_new_agents_are_those_whose_first_membership_is_recent():
    now = timezone.now()
    old, new = (MembershipFactory(user=UserFactory()) for _ in range(2))
    Membership.objects.filter(pk=old.pk).update(starts_at=now - 900 * DAY)
    Membership.objects.filter(pk=new.pk).update(starts_at=now - 40 * DAY)
    # Somebody who came back is not new.
    MembershipFactory(user=old.user)
    assert list(network.new_agents(asked())) == [new.user]
    assert not network.new_enrolled(asked()).exists()
    row = make_enrolment(make_path(), new.user)
    assert list(network.new_enrolled(asked())) == [new.user]
    Enrolment.objects.filter(pk=row.pk).update(state=EnrolmentState.LEFT)
    assert not network.new_enrolled(asked()).exists()


def test_each_link_of_the_page_opens_a_list_of_that_length(client, cell):
    random_network(random.Random(8), people=30)
    client.force_login(cell)
    response = client.get(PAGE)
    for item in response.context["first"]:
        page = client.get(item["url"])
        assert page.status_code == 200, item["url"]
        assert page.context["total"] == item["value"]
        assert urlsplit(item["url"]).path.startswith(PAGE)


def test_lists_and_files_name_the_unit_that_is_late(client, cell):
    path = make_path(title="Accueillir")
    give_terms(path, 0, days=5)
    late, done, closed = (make_enrolment(path) for _person in range(3))
    Enrolment.objects.update(created_at=timezone.now() - 20 * DAY)
    Enrolment.objects.filter(pk=closed.pk).update(state=EnrolmentState.COMPLETED)
    unit = units_of(path)[0]
    UnitProgress.objects.create(enrolment=done, unit=unit, completed_at=timezone.now())
    client.force_login(cell)
    said = "« Étape 1 » en retard depuis le"
    for address in (f"{PAGE}retard/", f"{PAGE}inscriptions/"):
        text = client.get(address).content.decode().replace("\xa0", " ").replace("\u202f", " ")
        assert text.count(said) == 1, address
    kind = network.LISTS["inscriptions"]
    assert [bool(row.units) for row in kind.show(kind.rows({})).iterator(2)].count(True) == 1
    export = registry.export_kinds.get("parcours-retard")
    assert "Étape 1" in "".join(exports.csv_lines(export, cell, asked()))
    assert list(kind.rows(asked()).filter(network.late(asked()))) == [late]


def test_a_wrong_filter_is_said_and_nothing_fails(client, cell):
    client.force_login(cell)
    text = client.get(f"{PAGE}?du=hier&parcours=zz&mois=0&par=zz").content.decode()
    assert 'role="alert"' in text


@pytest.mark.parametrize("people", [10, 400])
def test_the_screens_take_as_few_queries_with_many_people(client, cell, settings, people):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    path, maison = make_path(), MaisonFactory()
    give_terms(path, 0, days=1)
    now = timezone.now()
    Enrolment.objects.bulk_create(
        Enrolment(path=path, user=user, version=path.version, maison=maison, created_at=now)
        for user in UserFactory.create_batch(people)
    )
    client.force_login(cell)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    empty = cost("/page-vide/")
    shown = ("", "?par=departement", "inscriptions/", "retard/", "nouveaux/")
    for url in (f"{PAGE}{each}" for each in shown):
        assert cost(url) - empty <= 20, url


def test_the_progress_of_everybody_is_a_file_whose_cells_are_plain_text(cell):
    path = make_path(title="=1+1")
    user = UserFactory(first_name="+Ada", last_name="Essai")
    enrolment = make_enrolment(path, user, maison=MaisonFactory(name="@Maison"))
    first, second, _third = units_of(path)
    now = timezone.now()
    UnitProgress.objects.create(enrolment=enrolment, unit=first, score=0.5, active=120)
    UnitProgress.objects.create(enrolment=enrolment, unit=second, completed_at=now)
    text = "".join(exports.csv_lines(PROGRESS, cell, asked()))
    head, one, two, *_about = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert len(head) == len(one) == len(PROGRESS.columns)
    assert one[:4:1][0].startswith("'+Ada")
    assert one[1] == "'@Maison"
    assert one[3] == "'=1+1"
    assert one[5:] == ["Étape 1", one[6], "", "50", "2"]
    assert two[7] == f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
    assert PROGRESS.rows(cell, asked()).count() == 2


def test_the_file_is_read_in_batches(cell, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("learning.overview.progress_export.BATCH", 10)
    path = make_path()
    unit = units_of(path)[0]
    Enrolment.objects.bulk_create(
        Enrolment(path=path, user=user, version=path.version)
        for user in UserFactory.create_batch(30)
    )
    UnitProgress.objects.bulk_create(
        UnitProgress(enrolment=row, unit=unit) for row in Enrolment.objects.all()
    )
    with django_assert_max_num_queries(4 * 2 + 2):
        assert sum(1 for _ in PROGRESS.cells(cell, asked())) == 30
