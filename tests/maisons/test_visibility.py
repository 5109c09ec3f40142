"""Who sees a Maison: everybody a recognised one, its own people a project or a closed one."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.factories import UserFactory
from accounts.roles import Scope
from cms import registry
from maisons.factories import (
    CommuneFactory,
    DepartmentFactory,
    HostOrganisationFactory,
    MaisonFactory,
)
from maisons.models import Maison
from maisons.services import end_membership, join

pytestmark = pytest.mark.django_db
HIDDEN = [Maison.Status.PROJECT, Maison.Status.CLOSED]


@pytest.fixture(params=HIDDEN)
def hidden(request):
    commune = CommuneFactory(code="03138", department=DepartmentFactory(code="03", name="Allier"))
    host = HostOrganisationFactory(slug="porteuse")
    return MaisonFactory(
        name="Maison cachée", status=request.param, commune=commune, host_organisation=host
    )


def sees(user, maison):
    listed = Maison.objects.visible_to(user).filter(pk=maison.pk).exists()
    if user is not None and user.is_authenticated:
        assert user.has_perm("maisons.see_maison", maison) is listed
    return listed


def test_everybody_sees_a_recognised_maison():
    maison = MaisonFactory()
    for user in (None, AnonymousUser(), UserFactory(), UserFactory(role="editor")):
        assert sees(user, maison)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (None, None),
        ("editor", ("national",)),
        ("trainer", ("national",)),
        ("prefecture-referent", ("department", "15")),
        ("host-manager", ("host-organisation", "autre")),
    ],
)
def test_others_do_not_see_a_hidden_one(hidden, role, scope):
    DepartmentFactory()
    HostOrganisationFactory(slug="autre")
    user = UserFactory(role=role, scope=Scope(*scope)) if role else UserFactory()
    assert not sees(user, hidden) and not sees(None, hidden)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("national-team", ("national",)),
        ("administrator", ("national",)),
        ("prefecture-referent", ("department", "03")),
        ("host-manager", ("host-organisation", "porteuse")),
    ],
)
def test_those_in_charge_see_it(hidden, role, scope):
    assert sees(UserFactory(role=role, scope=Scope(*scope)), hidden)


def test_members_see_theirs_until_their_membership_ends():
    maison = MaisonFactory(status=Maison.Status.PROJECT)
    agent = UserFactory()
    membership = join(agent, maison)
    assert sees(agent, maison)
    end_membership(membership)
    assert not sees(agent, maison)


def test_a_hidden_maison_leaks_nowhere(hidden, client, rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "Maison cachée" not in client.get("/maisons/").content.decode()
    assert "Maison cachée" not in client.get("/maisons/?q=cachee").content.decode()
    assert not registry.search_documents.get("maisons").visible([str(hidden.pk)], AnonymousUser())
    assert not registry.listing_cards.get("maisons")([hidden], request)
    entries = registry.sitemap_entries.get("maisons")()
    assert hidden.get_absolute_url() not in {entry["location"] for entry in entries}


def test_its_people_find_it_everywhere_and_no_cache_keeps_it(hidden, client):
    client.force_login(UserFactory(role="national-team"))
    response = client.get(hidden.get_absolute_url())
    assert response.status_code == 200 and "Maison cachée" in response.content.decode()
    assert response.context["page_meta"].cache == "private"
    assert response.context["page_meta"].json_ld == []
    assert "Maison cachée" in client.get("/maisons/?q=cachee").content.decode()


def test_only_those_who_run_a_maison_may_change_it():
    maison = MaisonFactory()
    agent, manager, other = UserFactory(), UserFactory(), UserFactory()
    join(agent, maison)
    join(manager, maison, "manager")
    join(other, MaisonFactory(), "manager")
    allowed = {u: u.has_perm("maisons.edit_maison", maison) for u in (agent, manager, other)}
    assert allowed == {agent: False, manager: True, other: False}
    assert set(Maison.objects.managed_by(manager)) == {maison}
    assert not Maison.objects.managed_by(agent).exists()
    assert not manager.has_perm("maisons.set_status", maison)
    assert UserFactory(role="national-team").has_perm("maisons.set_status", maison)
