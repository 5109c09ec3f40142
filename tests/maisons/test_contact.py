"""Writing to the network: who receives it, what becomes of it, and what programs cannot do."""

import datetime as dt
import logging

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Notification
from accounts.roles import Scope
from accounts.services import revoke
from cms import registry
from cms.models import OutboxMessage
from cms.tasks import run_all
from maisons import services as network
from maisons.contact import About, form_for, guard, routing, services
from maisons.factories import (
    ContactRequestFactory,
    HostOrganisationFactory,
    MaisonFactory,
    MembershipFactory,
)
from maisons.models import ContactEvent, ContactRequest, Desk, Maison

pytestmark = pytest.mark.django_db
State = ContactRequest.State


def manager_of(maison):
    user = UserFactory()
    MembershipFactory(user=user, maison=maison, role="manager")
    return user


def referent_of(department):
    return UserFactory(role="prefecture-referent", scope=Scope("department", department.code))


@pytest.fixture
def sender(client):
    """Fill the form of /contact/ and send it, ten seconds after it was shown."""

    def send(wait=10, **data):
        made = guard.stamp()
        data = {
            "sujet": "network",
            "nom": "Dominique Riveraine",
            "courriel": "dominique@example.org",
            "message": "Peut-on venir le samedi ?",
            "marque": made,
            **data,
        }
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=wait), tick=False):
            return client.post("/contact/", data)

    return send


# -- Who receives it -------------------------------------------------------------------------------


def test_what_is_written_to_a_maison_goes_to_its_managers(sender, murat):
    maison = MaisonFactory(commune=murat)
    manager = manager_of(maison)
    MembershipFactory(user=UserFactory(), maison=maison, role="agent")
    referent_of(murat.department)

    response = sender(sujet="maison", maison=maison.slug)

    assert response.url == "/contact/envoye/?a=maison"
    request = ContactRequest.objects.get()
    assert (request.desk, request.maison) == (Desk.MAISON, maison)
    assert [n.user for n in Notification.objects.filter(kind="contact.received")] == [manager]


def test_a_maison_without_manager_leaves_it_to_its_host_then_to_the_referent(murat):
    host = HostOrganisationFactory()
    maison = MaisonFactory(commune=murat, host_organisation=host)
    assert routing.nearest_desk(Desk.MAISON, maison, murat.department) == Desk.NATIONAL
    referent_of(murat.department)
    assert routing.nearest_desk(Desk.MAISON, maison, murat.department) == Desk.DEPARTMENT
    of_host = UserFactory(role="host-manager", scope=Scope("host-organisation", host.slug))
    assert routing.nearest_desk(Desk.MAISON, maison, murat.department) == Desk.MAISON
    assert list(routing.people_at(Desk.MAISON, maison)) == [of_host]


def test_a_project_goes_to_the_referent_of_its_department_else_to_the_national_team(sender, murat):
    sender(sujet="project", departement="15")
    assert ContactRequest.objects.get().desk == Desk.NATIONAL
    referent_of(murat.department)
    sender(sujet="project", departement="15", message="Encore une question.")
    assert ContactRequest.objects.first().desk == Desk.DEPARTMENT


def test_the_place_that_is_typed_finds_the_maison_or_asks_which(sender, murat):
    first = MaisonFactory(commune=murat, name="Maison du Pays de Murat", slug="pays-de-murat")
    sender(sujet="maison", lieu="murat")
    assert ContactRequest.objects.get().maison == first

    MaisonFactory(commune=murat, name="Antenne de Murat", slug="antenne-de-murat")
    response = sender(sujet="maison", lieu="murat", message="Une autre.")
    assert response.status_code == 422
    assert b'value="antenne-de-murat"' in response.content
    assert ContactRequest.objects.count() == 1

    sender(sujet="maison", lieu="murat", maison="antenne-de-murat", message="Une autre.")
    assert ContactRequest.objects.first().maison.slug == "antenne-de-murat"


def test_a_maison_that_the_public_does_not_see_cannot_be_written_to(sender, murat):
    hidden = MaisonFactory(commune=murat, name="Projet caché", status=Maison.Status.PROJECT)
    for data in ({"maison": hidden.slug}, {"lieu": "projet caché"}):
        response = sender(sujet="maison", **data)
        assert response.status_code == 422
        assert ContactRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"sujet": "maison"}, "Dites quelle Maison"),
        ({"sujet": "maison", "lieu": "nullepartville"}, "Aucune Maison ne répond à ce nom"),
        ({"sujet": "project"}, "Choisissez votre département"),
        ({"sujet": "call-back", "departement": "15"}, "numéro auquel vous rappeler"),
        ({"sujet": "call-back", "departement": "15", "telephone": "abc"}, "ne peut pas être lu"),
        ({"courriel": "pas une adresse"}, "comme nom@exemple.fr"),
        ({"message": ""}, "Écrivez votre message"),
        ({"sujet": "initiative"}, "Dites quelle Maison"),
        ({"sujet": "inconnu"}, "choix"),
        ({"sujet": ""}, "Choisissez l’un des sujets"),
        ({"nom": ""}, "Écrivez votre nom"),
    ],
)
def test_what_is_missing_or_wrong_is_said(sender, murat, data, said):
    response = sender(**data)
    assert response.status_code == 422
    assert said in response.content.decode().replace("\u00a0", " ")
    assert not ContactRequest.objects.exists()


def test_an_app_adds_a_subject_and_embeds_its_form(client, murat):
    maisons = [MaisonFactory(commune=murat, slug="une"), MaisonFactory(commune=murat, slug="deux")]
    about = About("Covoiturage solidaire", "/initiatives/covoiturage/")
    form = form_for("initiative", maisons=maisons, about=about)
    shown = [field.name for field in form.visible_fields()]
    assert shown == ["maison", "nom", "courriel", "telephone", "message", "site_web"]
    data = {name: form.initial.get(name, "") for name in form.fields} | {
        "maison": "deux",
        "nom": "Dominique",
        "courriel": "d@example.org",
        "message": "Bonjour",
    }
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=9), tick=False):
        assert client.post("/contact/", data).status_code == 302
    request = ContactRequest.objects.get()
    assert (request.maison.slug, request.about) == ("deux", about.title)
    assert request.about_url == about.url


# -- What programs cannot do ------------------------------------------------------------------------


def test_the_trap_swallows_without_a_word(sender):
    assert sender(site_web="https://example.org").status_code == 302
    assert not ContactRequest.objects.exists()


@pytest.mark.parametrize("wait", [0, 2])
def test_what_is_sent_at_once_must_be_sent_again(sender, wait):
    assert sender(wait=wait).status_code == 422
    assert not ContactRequest.objects.exists()


@pytest.mark.parametrize("mark", ["", "forged", "MTc:abc:def"])
def test_a_stamp_that_is_not_ours_is_renewed_and_nothing_is_kept(sender, mark):
    response = sender(marque=mark)
    assert response.status_code == 422
    assert not ContactRequest.objects.exists()
    renewed = response.context["form"].data["marque"]
    assert guard.age_of(renewed) is not None


def test_a_form_older_than_a_day_is_asked_again(sender):
    assert sender(wait=25 * 3600).status_code == 422
    assert not ContactRequest.objects.exists()


def test_another_site_cannot_send_it(client):
    data = {
        "sujet": "network",
        "nom": "X",
        "courriel": "x@example.org",
        "message": "x",
        "marque": guard.stamp(),
    }
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=9), tick=False):
        response = client.post("/contact/", data, headers={"Origin": "https://evil.example.org"})
    assert response.status_code == 422
    assert not ContactRequest.objects.exists()


def test_one_address_sends_five_messages_in_ten_minutes(sender):
    answers = [sender(message=f"Message {n}").status_code for n in range(6)]
    assert answers == [302] * 5 + [429]
    assert ContactRequest.objects.count() == 5


def test_a_mailbox_gets_three_acknowledgments_a_day_at_most(sender):
    for n in range(4):
        sender(message=f"Message {n}")
    assert OutboxMessage.objects.filter(to="dominique@example.org").count() == 3


def test_sent_twice_it_is_one_request(sender):
    mark = guard.stamp()
    sender(marque=mark)
    sender(marque=mark)
    assert ContactRequest.objects.count() == 1
    assert OutboxMessage.objects.filter(to="dominique@example.org").count() == 1


def test_what_the_form_says_it_is_about_cannot_be_changed(sender):
    sender(objet="Achetez:ici:maintenant")
    assert ContactRequest.objects.get().about == ""


# -- What the person is told -------------------------------------------------------------------------


def test_the_acknowledgment_says_who_answers_and_repeats_nothing(sender, murat):
    maison = MaisonFactory(commune=murat, address="1 place du Balat", phone="0471000000")
    manager_of(maison)
    sender(sujet="maison", maison=maison.slug, message="Mot secret", nom="Nom Secret")
    mail = OutboxMessage.objects.get(to="dominique@example.org")
    assert maison.name in mail.text and "1 place du Balat" in mail.text
    assert str(ContactRequest.objects.get().uuid)[:8] in mail.text
    assert "secret" not in (mail.subject + mail.text).lower()


def test_nothing_personal_is_logged(sender, murat, caplog, client):
    caplog.set_level(logging.DEBUG)
    maison = MaisonFactory(commune=murat)
    manager = manager_of(maison)
    sender(sujet="maison", maison=maison.slug, telephone="0471123456", nom="Zorglub")
    sender(courriel="zorglub", nom="Zorglub")
    request = ContactRequest.objects.get()
    client.force_login(manager)
    client.get(request.get_absolute_url())
    run_all()
    text = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    for word in ("Zorglub", "dominique@example.org", "471123456", "samedi"):
        assert word not in text, word


# -- What becomes of it --------------------------------------------------------------------------------


def test_taken_answered_closed_opened_again_each_step_is_kept(murat):
    maison = MaisonFactory(commune=murat)
    manager = manager_of(maison)
    request = ContactRequestFactory(maison=maison)
    services.take(request, manager)
    services.note(request, manager, "Rappelée sans succès.")
    services.answer(request, manager, "Rendez-vous mardi.")
    request.refresh_from_db()
    assert (request.state, request.handled_by) == (State.ANSWERED, manager)
    assert request.answered_at
    services.close(request, manager)
    services.reopen(request, manager)
    request.refresh_from_db()
    assert (request.state, request.closed_at) == (State.IN_PROGRESS, None)
    steps = list(request.events.values_list("kind", "text"))
    assert steps == [
        ("taken", ""),
        ("note", "Rappelée sans succès."),
        ("answer", "Rendez-vous mardi."),
        ("closed", ""),
        ("reopened", ""),
    ]


def test_who_comes_second_is_told_who_handles_it(murat):
    maison = MaisonFactory(commune=murat)
    first, second = manager_of(maison), manager_of(maison)
    request = ContactRequestFactory(maison=maison)
    services.take(request, first)
    for act in (services.take, services.answer, services.close):
        with pytest.raises(services.AlreadyTaken) as refused:
            act(request, second)
        assert str(first) in refused.value.messages[0]
    services.take(request, second, over=True)
    request.refresh_from_db()
    assert request.handled_by == second


def test_passed_on_it_is_new_at_the_next_desk_whose_people_are_told(murat):
    maison = MaisonFactory(commune=murat)
    manager, referent = manager_of(maison), referent_of(murat.department)
    request = ContactRequestFactory(maison=maison)
    request.department = murat.department
    request.save()
    services.pass_on(request, manager)
    request.refresh_from_db()
    assert (request.desk, request.state, request.handled_by) == (Desk.DEPARTMENT, State.NEW, None)
    assert Notification.objects.filter(user=referent, kind="contact.received").count() == 1
    services.pass_on(request, referent)
    with pytest.raises(ValidationError):
        services.pass_on(request)


def test_after_five_days_without_answer_its_people_are_reminded_once(murat):
    maison = MaisonFactory(commune=murat)
    manager = manager_of(maison)
    now = timezone.now()
    young = ContactRequestFactory(maison=maison, created_at=now - dt.timedelta(days=4, hours=23))
    old = ContactRequestFactory(maison=maison, created_at=now - dt.timedelta(days=5))
    answered = ContactRequestFactory(maison=maison, created_at=now - dt.timedelta(days=9))
    services.answer(answered, manager)
    assert services.remind(now) == 1
    assert services.remind(now) == 0
    keys = Notification.objects.filter(user=manager, kind="contact.reminder").values_list("key")
    assert list(keys) == [(f"contact.reminder:{old.uuid}",)]
    young.refresh_from_db()
    assert young.reminded_at is None


def test_a_desk_that_nobody_holds_any_more_passes_it_on(murat):
    maison = MaisonFactory(commune=murat)
    membership = MembershipFactory(user=UserFactory(), maison=maison, role="manager")
    referent = referent_of(murat.department)
    late = timezone.now() - dt.timedelta(days=6)
    request = ContactRequestFactory(maison=maison, department=murat.department, created_at=late)
    network.end_membership(membership)
    services.remind()
    request.refresh_from_db()
    assert request.desk == Desk.DEPARTMENT
    assert Notification.objects.filter(user=referent, kind="contact.reminder").exists()
    revoke(referent.role_assignments.get())
    assert not routing.recipients(request).exists()


def test_the_clock_reminds():
    assert registry.periodic_jobs.get("maisons.contact_reminders").run is services.remind


# -- For how long --------------------------------------------------------------------------------------


def test_months_after_closing_nothing_is_left(settings):
    settings.CONTACT_RETENTION_MONTHS = 12
    now = timezone.now()
    for months in (11, 13):
        request = ContactRequestFactory(message=f"{months} mois")
        closed = now - dt.timedelta(days=30 * months)
        ContactRequest.objects.filter(pk=request.pk).update(state="closed", closed_at=closed)
        ContactEvent.objects.create(request=request, kind="note", text="Une note.")
    call_command("purge_personal_data", verbosity=0)
    assert [r.message for r in ContactRequest.objects.all()] == ["11 mois"]
    assert ContactEvent.objects.count() == 1


def test_what_was_answered_or_forgotten_closes_by_itself():
    now = timezone.now()
    user = UserFactory(role="national-team")
    answered = ContactRequestFactory()
    services.answer(answered, user)
    ContactRequest.objects.filter(pk=answered.pk).update(answered_at=now - dt.timedelta(days=31))
    ContactRequestFactory(created_at=now - dt.timedelta(days=366))
    waiting = ContactRequestFactory(created_at=now - dt.timedelta(days=360))
    assert services.close_old(now) == 2
    assert list(ContactRequest.objects.waiting()) == [waiting]


def test_a_person_gets_and_erases_what_they_sent():
    provider = registry.personal_data.get("contact")
    user = UserFactory()
    ContactRequestFactory(email=user.email.upper(), message="À moi")
    other = ContactRequestFactory(handled_by=user, state="in-progress")
    exported = provider.export(user)
    assert [row["message"] for row in exported["contact_requests_sent"]] == ["À moi"]
    assert len(exported["contact_requests_handled"]) == 1
    provider.erase(user)
    assert list(ContactRequest.objects.all()) == [other]
    other.refresh_from_db()
    assert (other.handled_by, other.state) == (None, State.NEW)
