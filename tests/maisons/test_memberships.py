"""A membership is given and ended by the services, and is never deleted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.factories import UserFactory
from accounts.roles import Scope, has_role, holders, roles_of
from accounts.scopes import HOST_MANAGER
from cms import request_scope
from maisons.factories import HostOrganisationFactory, MaisonFactory
from maisons.models import Maison, Membership
from maisons.models.memberships import NeverDeleted
from maisons.services import end_membership, join, set_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return UserFactory()


def test_joining_gives_the_role_over_that_maison_alone(agent):
    ayen, lacaune = MaisonFactory(), MaisonFactory()
    join(agent, ayen)
    assert has_role(agent, "agent") and has_role(agent, "agent", Scope("maison", ayen.slug))
    assert not has_role(agent, "agent", Scope("maison", lacaune.slug))
    assert not has_role(agent, "manager")
    assert list(agent.groups.values_list("name", flat=True)) == ["Agents des Maisons"]


def test_one_person_may_have_several_memberships_at_once(agent):
    ayen, lacaune = MaisonFactory(), MaisonFactory()
    for maison, role in ((ayen, "agent"), (lacaune, "agent"), (lacaune, "manager")):
        join(agent, maison, role)
    held = {(h.role, h.scope.code) for h in roles_of(agent)}
    assert held == {("agent", ayen.slug), ("agent", lacaune.slug), ("manager", lacaune.slug)}
    assert set(holders("manager", Scope("maison", lacaune.slug))) == {agent}
    assert not holders("manager", Scope("maison", ayen.slug))


def test_joining_twice_is_one_membership(agent):
    maison = MaisonFactory()
    assert join(agent, maison) == join(agent, maison)
    assert Membership.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=agent, maison=maison, role="agent")


def test_ending_takes_the_role_at_once_and_keeps_the_record(agent):
    maison = MaisonFactory()
    membership = join(agent, maison)
    end_membership(membership)
    request_scope.forget()
    assert not has_role(agent, "agent")
    assert not agent.groups.exists()
    membership.refresh_from_db()
    assert membership.ends_at and not membership.is_in_force
    again = join(agent, maison)
    assert again != membership and Membership.objects.count() == 2


def test_what_has_ended_stays_ended(agent):
    membership = end_membership(join(agent, MaisonFactory()))
    first = membership.ends_at
    assert end_membership(membership).ends_at == first


def test_a_membership_may_begin_later(agent):
    membership = join(agent, MaisonFactory(), starts_at=timezone.now() + timedelta(days=3))
    assert not membership.is_in_force and not has_role(agent, "agent")


def test_nothing_deletes_a_membership(agent):
    membership = join(agent, MaisonFactory())
    with pytest.raises(NeverDeleted):
        membership.delete()
    with pytest.raises(NeverDeleted):
        Membership.objects.all().delete()
    for holder in (agent, membership.maison):
        with pytest.raises(ProtectedError), transaction.atomic():
            holder.delete()
    assert Membership.objects.count() == 1


def test_it_cannot_end_before_it_starts_nor_have_another_role(agent):
    maison, now = MaisonFactory(), timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=agent, maison=maison, starts_at=now, ends_at=now - timedelta(days=1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=agent, maison=maison, role="king")
    with pytest.raises(ValidationError):
        join(agent, maison, "king")


def test_nobody_joins_a_closed_maison_and_closing_ends_memberships(agent):
    maison = MaisonFactory()
    join(agent, maison)
    set_status(maison, Maison.Status.CLOSED)
    assert not Membership.objects.in_force().exists()
    with pytest.raises(ValidationError):
        join(agent, maison)


def test_an_inactive_account_cannot_join():
    with pytest.raises(ValidationError):
        join(UserFactory(is_active=False), MaisonFactory())


def test_each_change_is_logged_with_who_made_it(agent):
    boss, maison = UserFactory(role="national-team"), MaisonFactory()
    end_membership(join(agent, maison, by=boss), by=boss)
    set_status(maison, Maison.Status.CLOSED, by=boss)
    entries = ModelLogEntry.objects.for_instance(maison).order_by("pk")
    assert [(e.action, e.user_id) for e in entries] == [
        ("maisons.join", boss.pk),
        ("maisons.leave", boss.pk),
        ("maisons.status", boss.pk),
    ]
    assert entries[0].data["user"] == str(agent.uuid)


def test_a_failed_join_leaves_nothing(agent, monkeypatch):
    def fail(user):
        raise RuntimeError

    monkeypatch.setattr("maisons.services.roles_changed", fail)
    with pytest.raises(RuntimeError):
        join(agent, MaisonFactory())
    assert not Membership.objects.exists()


def test_a_manager_of_a_host_organisation_manages_all_its_maisons():
    host = HostOrganisationFactory()
    first, second, other = (MaisonFactory(host_organisation=h) for h in (host, host, None))
    user = UserFactory(role=HOST_MANAGER, scope=Scope("host-organisation", host.slug))
    assert set(Maison.objects.managed_by(user)) == {first, second}
    assert has_role(user, HOST_MANAGER, Scope("maison", first.slug))
    assert not has_role(user, HOST_MANAGER, Scope("maison", other.slug))
    assert user.has_perm("maisons.edit_maison", second)
    assert not user.has_perm("maisons.edit_maison", other)


def test_a_role_cannot_be_given_over_an_unknown_organisation():
    with pytest.raises(ValidationError):
        UserFactory(role=HOST_MANAGER, scope=Scope("host-organisation", "inconnue"))


def test_personal_data_are_exported_and_erasing_ends_memberships(agent):
    from cms import registry

    maison = MaisonFactory()
    join(agent, maison)
    provider = registry.personal_data.get("maisons")
    assert provider.export(agent)["memberships"][0]["maison"] == maison.name
    provider.erase(agent)
    assert not Membership.objects.in_force().exists() and Membership.objects.exists()
