"""The network in the admin: who gets in, what each form refuses, and that nothing is deleted."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.factories import UserFactory
from maisons.factories import (
    CommuneFactory,
    DepartmentFactory,
    HostOrganisationFactory,
    MaisonFactory,
    OperatorFactory,
)
from maisons.models import HostOrganisation, Maison, Membership, Operator
from maisons.services import join

pytestmark = pytest.mark.django_db
MAISON = "wagtailsnippets_maisons_maison"


@pytest.fixture
def boss(client):
    user = UserFactory(role="national-team")
    client.force_login(user)
    return user


def sheet(maison, **changes):
    """What the form of a Maison posts."""
    data = {
        "name": maison.name,
        "slug": maison.slug,
        "status": maison.status,
        "label": maison.label,
        "description": maison.description,
        "commune": maison.commune_id,
        "source": maison.source,
    }
    return data | changes


@pytest.mark.parametrize("namespace", [MAISON, "operator", "hostorganisation", "membership"])
def test_the_national_team_lists_and_adds(client, boss, namespace):
    MaisonFactory(), OperatorFactory(), HostOrganisationFactory()
    join(UserFactory(), MaisonFactory())
    index = "list" if namespace == MAISON else "index"
    assert client.get(reverse(f"{namespace}:{index}")).status_code == 200
    assert client.get(reverse(f"{namespace}:add")).status_code == 200


@pytest.mark.parametrize("role", [None, "editor", "trainer", "chief-editor"])
@pytest.mark.parametrize("namespace", [MAISON, "operator", "hostorganisation", "membership"])
def test_others_do_not_get_in(client, role, namespace):
    client.force_login(UserFactory(role=role) if role else UserFactory())
    assert client.get(reverse(f"{namespace}:add")).status_code in {302, 403, 404}


def test_a_maison_is_changed_with_a_revision_and_a_log_entry(client, boss, murat):
    maison = MaisonFactory(commune=murat, slug="murat")
    changes = {
        "name": "Maison du Pays de Murat",
        "phone": "04 71 20 28 88",
        "opening_hours": "Mo-Fr 09:00-12:00",
    }
    response = client.post(reverse(f"{MAISON}:edit", args=[maison.pk]), sheet(maison, **changes))
    assert response.status_code == 302, response.context["form"].errors
    maison.refresh_from_db()
    assert maison.name == "Maison du Pays de Murat" and maison.phone == "+33471202888"
    assert "murat" in maison.search_text
    assert maison.revisions.count() == 1
    entry = ModelLogEntry.objects.for_instance(maison).get(action="wagtail.edit")
    assert entry.user == boss


def test_a_maison_is_added(client, boss, murat):
    new = Maison(name="Nouvelle", slug="nouvelle", commune=murat, status="project", source="Essai")
    response = client.post(reverse(f"{MAISON}:add"), sheet(new))
    assert response.status_code == 302, response.context["form"].errors
    assert Maison.objects.get(slug="nouvelle").commune == murat


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opening_hours", "de neuf heures à midi"),
        ("longitude", "2.5"),
        ("slug", "déjà vu"),
        ("commune", "99999"),
        ("status", "ouverte"),
        ("email", "sans arobase"),
    ],
)
def test_a_wrong_sheet_is_refused_with_the_field_named(client, boss, murat, field, value):
    maison = MaisonFactory(commune=murat)
    response = client.post(
        reverse(f"{MAISON}:edit", args=[maison.pk]), sheet(maison, **{field: value})
    )
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_a_membership_is_given_by_address_and_logged(client, boss):
    agent, maison = UserFactory(), MaisonFactory()
    data = {"email": agent.email.upper(), "maison": maison.pk, "role": "manager"}
    assert client.post(reverse("membership:add"), data).status_code == 302
    membership = Membership.objects.get()
    assert (membership.user, membership.maison, membership.role) == (agent, maison, "manager")
    assert agent.groups.filter(name="Responsables de Maison").exists()
    assert ModelLogEntry.objects.for_instance(maison).get(action="maisons.join").user == boss


def test_an_unknown_address_or_a_closed_maison_is_refused(client, boss):
    closed = MaisonFactory(status=Maison.Status.CLOSED)
    data = {"email": "inconnue@example.org", "maison": closed.pk, "role": "agent"}
    response = client.post(reverse("membership:add"), data)
    assert set(response.context["form"].errors) == {"email", "maison"}


def test_the_only_change_to_a_membership_is_its_end(client, boss):
    membership = join(UserFactory(), MaisonFactory())
    address = reverse("membership:edit", args=[membership.pk])
    assert client.post(address, {"role": "manager"}).status_code == 200
    membership.refresh_from_db()
    assert membership.role == "agent" and membership.is_in_force
    assert client.post(address, {"end_now": "on"}).status_code == 302
    membership.refresh_from_db()
    assert not membership.is_in_force


def test_nobody_deletes_a_maison_nor_a_membership(client):
    for user in (UserFactory(role="national-team"), UserFactory(is_superuser=True, is_staff=True)):
        client.force_login(user)
        membership = join(UserFactory(), MaisonFactory())
        client.post(reverse(f"{MAISON}:delete", args=[membership.maison.pk]))
        client.post(reverse("membership:delete", args=[membership.pk]))
        assert Membership.objects.filter(pk=membership.pk).exists()
        assert Maison.objects.filter(pk=membership.maison.pk).exists()


def test_an_organisation_and_an_operator_are_changed(client, boss):
    host, operator = HostOrganisationFactory(), OperatorFactory()
    data = {"name": "Autre nom", "slug": host.slug, "kind": "association"}
    assert client.post(reverse("hostorganisation:edit", args=[host.pk]), data).status_code == 302
    data = {"name": "Autre nom", "code": operator.code, "kind": "other", "active": "on"}
    assert client.post(reverse("operator:edit", args=[operator.pk]), data).status_code == 302
    assert HostOrganisation.objects.get(pk=host.pk).name == "Autre nom"
    assert Operator.objects.get(pk=operator.pk).name == "Autre nom"


def test_a_code_that_roles_name_never_changes(client, boss):
    host, operator = HostOrganisationFactory(), OperatorFactory()
    data = {"name": host.name, "slug": "autre", "kind": "association"}
    response = client.post(reverse("hostorganisation:edit", args=[host.pk]), data)
    assert "slug" in response.context["form"].errors
    data = {"name": operator.name, "code": "autre", "kind": "other"}
    response = client.post(reverse("operator:edit", args=[operator.pk]), data)
    assert "code" in response.context["form"].errors


@pytest.mark.parametrize("query", ["St Etienne", "saint-étienne", "420", "42000"])
def test_a_commune_is_chosen_by_name_or_postcode(client, boss, query):
    loire = DepartmentFactory(code="42", name="Loire")
    wanted = CommuneFactory(code="42218", name="Saint-Étienne", department=loire)
    wanted.postcodes.create(postcode="42000")
    CommuneFactory(code="42187", name="Roanne", department=loire)
    html = client.get(reverse("commune_chooser:choose_results"), {"q": query}).content.decode()
    assert "Saint-Étienne" in html and "Loire (42)" in html and "Roanne" not in html


def test_changing_a_maison_makes_cached_pages_old(boss):
    from cms.pagecache import content_version

    maison = MaisonFactory()
    before = content_version()
    maison.name = "Autre"
    maison.save()
    assert content_version() > before
