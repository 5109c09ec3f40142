"""Who holds which role, where and when: `has_role` answers, and nothing else does."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.factories import UserFactory
from accounts.roles import NATIONAL, Held, Scope, UnknownRole, has_role, holders, roles_of
from accounts.services import grant, revoke
from cms import registry
from cms.models import Department, Region

pytestmark = pytest.mark.django_db

AIN = Scope("department", "01")
CANTAL = Scope("department", "15")
AURA = Scope("region", "84")


@pytest.fixture(autouse=True)
def departments():
    region = Region.objects.create(code="84", name="Auvergne-Rhône-Alpes")
    other = Region.objects.create(code="75", name="Nouvelle-Aquitaine")
    for code, name, where in [
        ("01", "Ain", region),
        ("15", "Cantal", region),
        ("19", "Corrèze", other),
    ]:
        Department.objects.create(code=code, name=name, region=where)


def test_a_role_is_held_over_its_scope_and_nowhere_else():
    user = UserFactory(role="trainer", scope=AIN)
    assert has_role(user, "trainer")
    assert has_role(user, "trainer", AIN)
    assert not has_role(user, "trainer", CANTAL)
    assert not has_role(user, "trainer", NATIONAL)
    assert not has_role(user, "editor")


def test_a_wider_scope_holds_over_what_lies_within():
    regional = UserFactory(role="trainer", scope=AURA)
    assert has_role(regional, "trainer", AIN)
    assert not has_role(regional, "trainer", Scope("department", "19"))
    assert not has_role(regional, "trainer", NATIONAL)
    national = UserFactory(role="trainer")
    assert has_role(national, "trainer", Scope("department", "19"))


def test_a_role_counts_between_its_dates_only():
    now = timezone.now()
    day = timedelta(days=1)
    user = UserFactory()
    grant(user, "editor", starts_at=now + day)
    assert not has_role(user, "editor")
    former = UserFactory()
    grant(former, "editor", starts_at=now - 2 * day, ends_at=now - day)
    assert not has_role(former, "editor")
    current = UserFactory()
    grant(current, "editor", starts_at=now - 2 * day, ends_at=now + day)
    assert has_role(current, "editor")
    assert list(holders("editor")) == [current]


def test_a_role_includes_the_lesser_ones():
    administrator = UserFactory(role="administrator")
    assert has_role(administrator, "national-team")
    assert has_role(administrator, "editor", NATIONAL)
    assert not has_role(administrator, "trainer")
    assert not has_role(UserFactory(role="editor"), "national-team")
    assert administrator in holders("editor")


def test_nobody_anonymous_or_deactivated_holds_a_role():
    assert not has_role(AnonymousUser(), "editor")
    user = UserFactory(role="editor")
    user.is_active = False
    assert not has_role(user, "editor")


def test_a_superuser_holds_every_role_but_those_of_a_maison():
    user = UserFactory(is_superuser=True)
    assert has_role(user, "national-team", NATIONAL)
    assert not has_role(user, "manager")
    assert user not in holders("national-team")


def test_a_role_that_does_not_exist_is_a_mistake():
    with pytest.raises(UnknownRole):
        has_role(AnonymousUser(), "editors")


def test_agent_and_manager_come_from_the_source_that_provides_them(monkeypatch):
    user = UserFactory()
    held = Held("manager", Scope("maison", "ayen"), timezone.now())

    class Source:
        roles = frozenset({"agent", "manager"})

        def has_role(self, who, role, scope):
            return who == user and role == "manager" and scope in (None, held.scope)

        def assignments(self, who):
            return [held] if who == user else []

        def user_ids(self, role, scope):
            return [user.pk] if role == "manager" else []

    monkeypatch.setattr(registry.role_sources, "_providers", {"test": Source()})
    assert has_role(user, "manager", Scope("maison", "ayen"))
    assert not has_role(user, "agent")
    assert not has_role(UserFactory(role="administrator"), "manager")
    assert list(holders("manager")) == [user]
    assert roles_of(user) == [held]


def test_a_role_is_given_over_the_scopes_it_is_meant_for():
    user = UserFactory()
    for role, scope in [
        ("editor", AIN),
        ("prefecture-referent", NATIONAL),
        ("agent", NATIONAL),
        ("unheard-of", NATIONAL),
    ]:
        with pytest.raises(ValidationError):
            grant(user, role, scope)


def test_a_role_is_not_given_over_a_place_that_does_not_exist():
    grant(UserFactory(), "prefecture-referent", AIN)
    with pytest.raises(ValidationError):
        grant(UserFactory(), "prefecture-referent", Scope("department", "99"))


def test_granting_twice_gives_one_role_and_revoking_ends_it_at_once():
    user, team = UserFactory(), UserFactory(role="national-team")
    first = grant(user, "editor", by=team)
    assert grant(user, "editor", by=team) == first
    revoke(first, by=team)
    assert not has_role(user, "editor")
    first.refresh_from_db()
    assert first.ends_at is not None
    again = grant(user, "editor", by=team)
    assert again != first
    assert user.role_assignments.count() == 2


def test_a_role_revoked_before_it_starts_is_never_in_force():
    tomorrow = timezone.now() + timedelta(days=1)
    assignment = grant(UserFactory(), "editor", starts_at=tomorrow)
    revoke(assignment)
    assignment.refresh_from_db()
    assert assignment.starts_at == assignment.ends_at


def test_changes_of_roles_are_logged_with_their_author():
    user, team = UserFactory(), UserFactory(role="national-team")
    revoke(grant(user, "trainer", AIN, by=team), by=team)
    entries = ModelLogEntry.objects.for_instance(user).filter(action__startswith="accounts.")
    assert [(e.action, e.user) for e in entries.order_by("timestamp")] == [
        ("accounts.grant", team),
        ("accounts.revoke", team),
    ]
    assert entries[0].data["role"] == "trainer"


def test_groups_follow_roles():
    user = UserFactory(role="editor")
    assert [group.name for group in user.groups.all()] == ["Rédaction"]
    assert user.has_perm("wagtailadmin.access_admin")
    assert user.has_perm("wagtailredirects.add_redirect")
    assert not user.has_perm("accounts.manage_people")
    revoke(user.role_assignments.get())
    assert not user.groups.exists()


def test_a_trainer_enters_the_admin_for_the_bank_of_questions_alone(client):
    client.force_login(UserFactory(role="trainer"))
    assert client.get(reverse("wagtailsnippets_learning_question:list")).status_code == 200
    for elsewhere in ("/admin/pages/", "/admin/documents/", "/admin/media/", "/admin/reports/"):
        assert client.get(elsewhere).status_code in (302, 403, 404), elsewhere


def test_asking_ten_times_in_one_request_costs_one_query(django_assert_num_queries):
    from cms import request_scope

    user = UserFactory(role="trainer", scope=AIN)
    token = request_scope.begin()
    try:
        with django_assert_num_queries(1):
            for _ in range(10):
                has_role(user, "trainer", AIN)
                has_role(user, "editor")
    finally:
        request_scope.end(token)
