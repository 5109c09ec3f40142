"""A manager sees what their team is on online, while the membership lasts; nobody else's."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import RoleAssignment
from accounts.services import roles_changed
from cms import exports
from learning.enrolling import overrides
from learning.models import Enrolment
from learning.overview import team
from learning.overview.forms import STANDING, TeamPathsFilters
from learning.overview.team_exports import TEAM_PATHS
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.paths.kinds import EnrolmentState
from learning.steering.team import maisons_of_team
from maisons.factories import HostOrganisationFactory, MaisonFactory, MembershipFactory
from maisons.models import Maison, Membership

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAGE = "/espace-pro/equipe/parcours/"


def joined(**fields):
    return MembershipFactory(user=UserFactory(), **fields)


@pytest.fixture
def manager():
    return joined(role="manager").user


@pytest.fixture
def member(manager):
    return joined(maison=manager.memberships.get().maison)


def asked(manager, query=""):
    form = TeamPathsFilters(QueryDict(query), maisons=maisons_of_team(manager))
    form.is_valid()
    return form


def enrolled(path, user, days=None, **fields):
    row = make_enrolment(path, user, **fields)
    if days is not None:
        row.due_on = timezone.localdate() + days * DAY
        row.save()
    return row


def test_the_page_shows_the_paths_of_the_team_and_of_nobody_else(client, manager, member):
    enrolled(make_path(title="Le nôtre"), member.user)
    enrolled(make_path(title="Le leur"), joined().user)
    client.force_login(manager)
    text = client.get(PAGE).content.decode()
    assert "Le nôtre" in text
    # The other path is offered as a filter, and shown of nobody.
    assert [line.title for p in team.team(manager, asked(manager)).people for line in p.lines] == [
        "Le nôtre"
    ]


def test_once_the_membership_has_ended_nothing_is_shown(client, manager, member):
    enrolled(make_path(), member.user, days=-3)
    Membership.objects.filter(pk=member.pk).update(ends_at=timezone.now())
    found = team.team(manager, asked(manager))
    assert member.user not in [person.user for person in found.people]
    assert found.due == []
    assert found.figures["retard"] == 0
    assert not TEAM_PATHS.rows(manager, {}).exists()
    client.force_login(manager)
    assert client.get(f"/espace-pro/equipe/formations/{member.user.uuid}/").status_code == 404


def test_each_figure_is_the_number_of_people_of_its_list(manager, member):
    maison, path, other = member.maison, make_path(), make_path()
    for days in (-3, 10, 90, None):
        enrolled(path, joined(maison=maison).user, days=days)
    done = joined(maison=maison).user
    now = timezone.now()
    enrolled(path, done, state=EnrolmentState.COMPLETED, completed_at=now)
    enrolled(other, done, days=-1)
    for query in ("", f"parcours={path.uuid}"):
        found = team.team(manager, asked(manager, query))
        for code, _label in STANDING:
            form = asked(manager, f"{query}&etat={code}")
            assert found.figures[code] == team.narrowed(manager, form.cleaned_data).count(), code
    assert team.team(manager, asked(manager)).figures == {
        "retard": 2,
        "bientot": 1,
        "en-cours": 5,
        "termine": 1,
        "sans": 2,
    }


def test_what_is_late_comes_first(manager, member):
    soon = enrolled(make_path(), member.user, days=5)
    late = enrolled(make_path(), member.user, days=-5)
    enrolled(make_path(), member.user, days=80)
    assert [line.row for line in team.team(manager, asked(manager)).due] == [late, soon]


def test_a_unit_past_its_date_is_late_and_named_wherever_the_manager_looks(client, manager, member):
    path = make_path()
    row = enrolled(path, member.user, days=60)
    later = enrolled(path, joined(maison=member.maison).user, days=5)
    due = timezone.localdate() - 2 * DAY
    overrides.grant(row, by=manager, reason="Reprise", unit=units_of(path)[0], due_on=due)
    found = team.team(manager, asked(manager))
    assert (found.figures["retard"], found.figures["bientot"]) == (1, 1)
    late = asked(manager, "etat=retard").cleaned_data
    assert list(team.narrowed(manager, late)) == [member.user]
    assert [line.row for line in found.due] == [row, later]
    assert found.due[0].standing.code == "late"
    assert "Étape 1" in "".join(found.due[0].units_said)
    client.force_login(manager)
    for page in (PAGE, f"/espace-pro/equipe/formations/{member.user.uuid}/"):
        assert "« Étape 1 » en retard depuis le" in client.get(page).content.decode().replace(
            "\u202f", " "
        ).replace("\xa0", " ")
    assert "Étape 1" in "".join(exports.csv_lines(TEAM_PATHS, manager, {}))


def test_a_manager_of_a_host_organisation_may_look_at_one_maison():
    host = HostOrganisationFactory()
    manager = UserFactory()
    RoleAssignment.objects.create(
        user=manager, role="host-manager", scope_kind="host-organisation", scope_code=host.slug
    )
    roles_changed(manager)
    here, there = (joined(maison=MaisonFactory(host_organisation=host)) for _ in "ab")
    assert team.team(manager, asked(manager)).total == 2
    found = team.team(manager, asked(manager, f"maison={here.maison.slug}"))
    assert [person.user for person in found.people] == [here.user]
    assert there.user not in team.narrowed(manager, {"maison": here.maison})


def test_the_page_of_a_member_shows_their_paths_with_earlier_rounds(client, manager, member):
    path = make_path(title="Tenir l’accueil")
    first = enrolled(path, member.user, state=EnrolmentState.COMPLETED, completed_at=timezone.now())
    Enrolment.objects.filter(pk=first.pk).update(superseded=True)
    enrolled(path, member.user, round=2)
    client.force_login(manager)
    text = client.get(f"/espace-pro/equipe/formations/{member.user.uuid}/").content.decode()
    assert text.count("Tenir l’accueil") >= 2


def test_the_file_holds_what_the_page_shows(manager, member):
    enrolled(make_path(title="Un"), member.user)
    text = "".join(exports.csv_lines(TEAM_PATHS, manager, {}))
    assert str(member.user) in text
    assert ";Un;" in text


@pytest.mark.parametrize("many", [2, 500])
def test_as_few_queries_with_five_hundred_maisons(client, settings, many):
    settings.ROOT_URLCONF = "tests.support.empty_page"
    host, path, manager = HostOrganisationFactory(), make_path(), UserFactory()
    RoleAssignment.objects.create(
        user=manager, role="host-manager", scope_kind="host-organisation", scope_code=host.slug
    )
    roles_changed(manager)
    commune = MaisonFactory().commune
    maisons = Maison.objects.bulk_create(
        Maison(
            slug=f"m-{n}", name=f"M {n}", commune=commune, host_organisation=host, source="Essai"
        )
        for n in range(many)
    )
    users = UserFactory.create_batch(min(many, 60))
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(user=user, maison=maison, role="agent", starts_at=now - DAY)
        for user, maison in zip(users, maisons, strict=False)
    )
    Enrolment.objects.bulk_create(
        Enrolment(path=path, user=user, version=path.version, due_on=timezone.localdate(now))
        for user in users
    )
    client.force_login(manager)

    def cost(url):
        client.get(url)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert cost(PAGE) - cost("/page-vide/") <= 15
