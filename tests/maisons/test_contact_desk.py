"""The requests in the professional space: who reads which, and how one is answered."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.roles import Scope
from cms import registry
from maisons.contact import services
from maisons.factories import (
    CommuneFactory,
    ContactRequestFactory,
    DepartmentFactory,
    HostOrganisationFactory,
    MaisonFactory,
    MembershipFactory,
)
from maisons.models import ContactRequest

pytestmark = pytest.mark.django_db
LIST = "/espace-pro/demandes/"


@pytest.fixture
def desks(murat):
    """Two Maisons, two departments and the national team, each with a request."""
    other = CommuneFactory(code="19015", department=DepartmentFactory(code="19", name="Corrèze"))
    host = HostOrganisationFactory(slug="porteuse")
    maisons = [
        MaisonFactory(commune=murat, slug="murat", host_organisation=host),
        MaisonFactory(commune=other, slug="ayen"),
    ]
    made = {maison.slug: ContactRequestFactory(maison=maison) for maison in maisons}
    made["15"] = ContactRequestFactory(department=murat.department)
    made["19"] = ContactRequestFactory(department=other.department)
    made["national"] = ContactRequestFactory()
    return made


def person(role):
    if role in ("agent", "manager"):
        user = UserFactory()
        from maisons.models import Maison

        MembershipFactory(user=user, maison=Maison.objects.get(slug="murat"), role=role)
        return user
    scopes = {
        "host-manager": Scope("host-organisation", "porteuse"),
        "prefecture-referent": Scope("department", "15"),
        "trainer": Scope("department", "15"),
    }
    return UserFactory(role=role, **({"scope": scopes[role]} if role in scopes else {}))


@pytest.mark.parametrize(
    ("role", "readable"),
    [
        ("agent", set()),
        ("trainer", set()),
        ("editor", set()),
        ("manager", {"murat"}),
        ("host-manager", {"murat"}),
        ("prefecture-referent", {"15"}),
        ("national-team", {"murat", "ayen", "15", "19", "national"}),
    ],
)
def test_recipients_read_theirs_alone(client, desks, role, readable):
    user = person(role)
    names = {request.pk: name for name, request in desks.items()}
    seen = {
        names[pk] for pk in ContactRequest.objects.visible_to(user).values_list("pk", flat=True)
    }
    assert seen == readable
    client.force_login(user)
    for name, request in desks.items():
        expected = 200 if name in readable else 404
        assert client.get(request.get_absolute_url()).status_code == expected, name
        post = client.post(request.get_absolute_url(), {"action": "clore"})
        assert post.status_code == (302 if name in readable else 404), name


def test_nobody_reads_without_signing_in(client, desks):
    for path in (LIST, desks["national"].get_absolute_url()):
        assert "/compte/connexion/" in client.get(path).url


def test_the_list_shows_what_waits_oldest_first_and_what_is_asked(client, desks):
    client.force_login(person("national-team"))
    services.close(desks["15"])
    late = timezone.now() - dt.timedelta(days=8)
    ContactRequest.objects.filter(pk=desks["19"].pk).update(created_at=late)
    shown = [r.pk for r in client.get(LIST).context["page"]]
    assert shown[0] == desks["19"].pk and desks["15"].pk not in shown
    assert [r.pk for r in client.get(f"{LIST}?etat=en-retard").context["page"]] == [desks["19"].pk]
    assert [r.pk for r in client.get(f"{LIST}?etat=closed").context["page"]] == [desks["15"].pk]
    asked = client.get(f"{LIST}?etat=toutes&destinataire=national").context["page"]
    assert [r.pk for r in asked] == [desks["national"].pk]


def test_a_wrong_filter_is_said_and_left_out(client, desks):
    client.force_login(person("national-team"))
    response = client.get(f"{LIST}?etat=zz&destinataire=%00&page=abc")
    assert response.status_code == 200
    assert response.content.decode().count("notice--error") == 3
    assert len(response.context["page"]) == 5


@pytest.mark.parametrize("size", [10, 1000])
def test_the_cost_does_not_grow(client, django_assert_max_num_queries, murat, size):
    maison = MaisonFactory(commune=murat)
    user = UserFactory()
    MembershipFactory(user=user, maison=maison, role="manager")
    ContactRequest.objects.bulk_create(
        ContactRequestFactory.build(maison=maison, desk="maison", submission=f"{n}")
        for n in range(size)
    )
    client.force_login(user)
    with django_assert_max_num_queries(16):
        client.get(LIST)
    with django_assert_max_num_queries(18):
        client.get(ContactRequest.objects.first().get_absolute_url())


def test_an_answer_is_recorded_from_the_screen(client, desks):
    user = person("manager")
    client.force_login(user)
    url = desks["murat"].get_absolute_url()
    page = client.get(url).content.decode()
    assert f"mailto:{desks['murat'].email}?subject=" in page
    response = client.post(url, {"action": "repondre", "texte": "Appelée mardi."}, follow=True)
    assert "Appelée mardi." in response.content.decode()
    desks["murat"].refresh_from_db()
    assert desks["murat"].state == "answered"


def test_a_note_without_text_and_an_unknown_action_are_refused(client, desks):
    client.force_login(person("manager"))
    for data in ({"action": "noter"}, {"action": "exploser"}, {}):
        response = client.post(desks["murat"].get_absolute_url(), data)
        assert response.status_code == 200
        assert "error-summary" in response.content.decode()
    assert not desks["murat"].events.exists()


def test_who_comes_second_sees_who_handles_it(client, desks):
    first, second = person("manager"), person("manager")
    services.take(desks["murat"], first)
    client.force_login(second)
    page = client.post(desks["murat"].get_absolute_url(), {"action": "prendre"}).content.decode()
    assert f"{first} traite cette demande" in page
    client.post(desks["murat"].get_absolute_url(), {"action": "reprendre"})
    desks["murat"].refresh_from_db()
    assert desks["murat"].handled_by == second


def test_once_passed_on_it_is_read_elsewhere(client, desks, murat):
    user = person("manager")
    ContactRequest.objects.filter(pk=desks["murat"].pk).update(department=murat.department)
    client.force_login(user)
    response = client.post(desks["murat"].get_absolute_url(), {"action": "transmettre"})
    assert response.url == LIST


def test_what_waits_is_in_the_professional_space_of_those_who_answer(desks):
    request = RequestFactory().get("/espace-pro/")
    panel, doors = registry.pro_panels.get("contact"), registry.pro_doors.get("contact")
    for role, waiting in (("manager", 1), ("national-team", 1), ("agent", 0), ("editor", 0)):
        request.user = person(role)
        given = panel(request)
        assert len(given["context"]["requests"] if given else []) == waiting, role
        assert bool(list(doors(request))) == bool(waiting), role


def test_in_the_admin_the_national_team_reads_and_erases_and_changes_nothing(client, desks):
    client.force_login(person("national-team"))
    pk = desks["15"].pk
    assert client.get("/admin/contactrequest/").status_code == 200
    assert client.get("/admin/contactrequest/new/").status_code == 302
    assert client.get(f"/admin/contactrequest/edit/{pk}/").status_code == 302
    assert client.get(f"/admin/contactrequest/inspect/{pk}/").status_code == 200
    client.post(f"/admin/contactrequest/delete/{pk}/")
    assert not ContactRequest.objects.filter(pk=pk).exists()
