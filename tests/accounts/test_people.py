"""The national team invites people, gives and ends roles; nobody climbs by these screens."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.groups import NAMES
from accounts.models import Invitation, User
from accounts.roles import Scope, has_role
from cms.models import Department, OutboxMessage, Region

from .conftest import give_totp

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return UserFactory(role="national-team")


@pytest.fixture
def ain():
    region = Region.objects.create(code="84", name="Auvergne-Rhône-Alpes")
    return Department.objects.create(code="01", name="Ain", region=region)


def url_of(user, name="accounts_person"):
    return reverse(name, args=[user.uuid])


def test_people_are_found_by_name_address_and_role(client, team):
    UserFactory(last_name="Trouvable", role="trainer")
    UserFactory(last_name="Invisible")
    client.force_login(team)
    page = client.get("/admin/users/", {"q": "trouvable"}).content.decode()
    assert "Trouvable" in page
    assert "Invisible" not in page
    page = client.get("/admin/users/", {"role": "trainer"}).content.decode()
    assert "Trouvable" in page
    assert "Invisible" not in page
    assert client.get("/admin/users/", {"role": "no-such-role"}).status_code == 200


def test_the_list_of_people_costs_the_same_with_many(client, team, django_assert_max_num_queries):
    client.force_login(team)
    for _ in range(25):
        UserFactory(role="trainer")
    assert client.get("/admin/users/").status_code == 200
    with django_assert_max_num_queries(30):
        page = client.get("/admin/users/").content.decode()
    assert page.count("example.org") == 20, "a page of people"


def test_a_role_is_given_over_a_scope_and_until_a_day(client, team, ain):
    who = UserFactory()
    client.force_login(team)
    last = timezone.localdate() + timedelta(days=10)
    data = {"role": "prefecture-referent", "scope": "department:01", "ends_on": last.isoformat()}
    assert client.post(url_of(who), data).status_code == 302
    row = who.role_assignments.get()
    assert has_role(who, "prefecture-referent", Scope("department", "01"))
    assert row.granted_by == team
    assert timezone.localtime(row.ends_at).date() == last + timedelta(days=1)
    assert who.last_name in client.get(url_of(who)).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"role": "prefecture-referent", "scope": ""},
        {"role": "editor", "scope": "department:01"},
        {"role": "trainer", "scope": "department:99"},
        {"role": "trainer", "scope": "anything"},
        {"role": "trainer", "scope": "", "ends_on": "2001-01-01"},
        {"role": "trainer", "scope": "", "starts_on": "not a date"},
        {"role": "no-such-role", "scope": ""},
        {},
    ],
)
def test_a_role_that_makes_no_sense_is_refused_with_a_word(client, team, ain, data):
    who = UserFactory()
    client.force_login(team)
    response = client.post(url_of(who), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not who.role_assignments.exists()


def test_a_role_is_ended(client, team):
    who = UserFactory(role="editor")
    client.force_login(team)
    row = who.role_assignments.get()
    client.post(url_of(who, "accounts_person_end_role"), {"assignment": str(row.pk)})
    assert not has_role(who, "editor")


def test_the_national_team_makes_no_administrator(client, team):
    who = UserFactory()
    client.force_login(team)
    assert client.post(url_of(who), {"role": "administrator"}).status_code == 200
    client.post(
        reverse("accounts_invite"),
        {"email": "new@example.org", "language": "fr", "role": "administrator"},
    )
    assert not has_role(who, "administrator")
    assert not Invitation.objects.exists()


def test_an_administrator_is_managed_by_administrators_alone(client, team):
    boss = UserFactory(role="administrator")
    client.force_login(team)
    row = boss.role_assignments.get()
    client.post(url_of(boss, "accounts_person_end_role"), {"assignment": str(row.pk)})
    client.post(url_of(boss, "accounts_person_active"), {"active": "no"})
    client.post(url_of(boss, "accounts_person_password"))
    boss.refresh_from_db()
    assert boss.is_active
    assert has_role(boss, "administrator")
    assert not OutboxMessage.objects.exists()


def test_a_role_of_somebody_else_is_not_ended_through_ones_page(client, team):
    who, other = UserFactory(), UserFactory(role="editor")
    client.force_login(team)
    row = other.role_assignments.get()
    client.post(url_of(who, "accounts_person_end_role"), {"assignment": str(row.pk)})
    assert has_role(other, "editor")


def test_deactivating_ends_open_sessions(client, team, sign_in):
    who = UserFactory()
    sign_in(who)
    session = client.session.session_key
    client.cookies.clear()
    client.force_login(team)
    client.post(url_of(who, "accounts_person_active"), {"active": "no"})
    who.refresh_from_db()
    assert not who.is_active
    assert not client.session.__class__(session).load()
    client.post(url_of(team, "accounts_person_active"), {"active": "no"})
    team.refresh_from_db()
    assert team.is_active, "nobody locks themselves out"


def test_second_factors_are_taken_away_by_administrators_and_the_person_is_told(client, team):
    who = UserFactory()
    give_totp(who)
    client.force_login(team)
    client.post(url_of(who, "accounts_person_second_factor"))
    assert who.authenticator_set.exists()
    client.force_login(UserFactory(role="administrator"))
    client.post(url_of(who, "accounts_person_second_factor"))
    assert not who.authenticator_set.exists()
    assert OutboxMessage.objects.get().to == who.email


def test_an_account_is_erased_after_a_confirmation(client):
    who = UserFactory()
    client.force_login(UserFactory(role="administrator"))
    client.get(url_of(who, "accounts_person_erase"))
    assert User.objects.get(pk=who.pk).erased_at is None
    client.post(url_of(who, "accounts_person_erase"))
    assert User.objects.get(pk=who.pk).erased_at
    assert client.get(url_of(who)).status_code == 404


@pytest.mark.parametrize("role", ["national-team", "administrator"])
def test_wagtails_own_ways_to_change_people_and_groups_are_closed(client, role):
    boss = UserFactory(role=role)
    who = UserFactory()
    client.force_login(boss)
    group = Group.objects.get(name=NAMES["administrator"])
    for url, data in (
        (
            f"/admin/bulk/accounts/user/assign_role/?id={who.pk}",
            {"role": group.pk},
        ),
        (f"/admin/bulk/accounts/user/delete/?id={who.pk}", {}),
        (
            f"/admin/bulk/accounts/user/set_active_state/?id={who.pk}",
            {"mark_as_active": "false"},
        ),
        ("/admin/users/new/", {"email": "new@example.org", "password1": "x", "password2": "x"}),
        (f"/admin/users/edit/{who.pk}/", {"email": "new@example.org", "is_superuser": "on"}),
        (f"/admin/users/delete/{who.pk}/", {}),
        (f"/admin/groups/edit/{group.pk}/", {"name": "Anything"}),
        (f"/admin/groups/delete/{group.pk}/", {}),
        ("/admin/groups/new/", {"name": "Ours"}),
    ):
        client.post(url, data)
        who = User.objects.get(pk=who.pk)
        assert who.is_active and not who.is_superuser, url
        assert not who.groups.exists(), url
        assert User.objects.count() == 2, url
        assert set(Group.objects.values_list("name", flat=True)) == set(NAMES.values()), url
