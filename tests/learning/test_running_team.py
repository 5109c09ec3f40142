"""Registered by others: one's own team, from a list or a file, each result said; one decision each."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.factories import RegistrationFactory, SessionFactory
from learning.kinds import RegistrationState as S
from learning.models import Registration, RegistrationImport
from learning.running import batches
from maisons.factories import HostOrganisationFactory, MaisonFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def maison():
    return MaisonFactory(name="Maison d’Ayen")


@pytest.fixture
def boss(maison):
    return member(maison, "manager").user


@pytest.fixture
def client(boss):
    return client_of(boss)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def member(maison, role="agent", **names):
    return MembershipFactory(user=UserFactory(**names), maison=maison, role=role)


def address(name, session, *more):
    return reverse(f"learning:{name}", args=[session.uuid, *more])


def states(session):
    rows = Registration.objects.filter(session=session).order_by("created_at", "pk")
    return {row.user: row.state for row in rows}


# -- From the team --------------------------------------------------------------------------------


def test_each_of_the_team_gets_their_own_result(client, maison):
    session = SessionFactory(capacity=1)
    first, second, held = (member(maison) for _ in range(3))
    RegistrationFactory(session=session, user=held.user, state=S.WAITING)
    answer = client.post(
        address("register-team", session), {"chosen": [first.uuid, second.uuid, held.uuid]}
    )
    assert len(answer.context["lines"]) == 3
    assert states(session)[held.user] == S.WAITING
    # Somebody waits already: the two others come after.
    assert {states(session)[m.user] for m in (first, second)} == {S.WAITING}
    assert Notification.objects.filter(user=first.user, kind="learning.waiting").count() == 1


def test_a_double_click_registers_once(client, maison):
    session, one = SessionFactory(), member(maison)
    for _twice in range(2):
        client.post(address("register-team", session), {"chosen": [one.uuid]})
    [row] = Registration.objects.filter(session=session)
    assert row.events.count() == 1 and row.maison == maison and row.accommodations == ""


def test_somebody_of_another_team_is_not_registered(client):
    session, stranger = SessionFactory(), member(MaisonFactory())
    answer = client.post(address("register-team", session), {"chosen": [stranger.uuid]})
    assert answer.status_code == 422 and not Registration.objects.exists()
    assert str(stranger.user) not in answer.content.decode()


def test_whoever_left_the_team_is_not_registered(client, maison):
    from maisons.services import end_membership

    session, one = SessionFactory(), member(maison)
    end_membership(one)
    client.post(address("register-team", session), {"chosen": [one.uuid]})
    assert not Registration.objects.exists()


def test_a_manager_of_a_host_organisation_registers_people_of_all_its_maisons():
    host = HostOrganisationFactory()
    me = UserFactory(role="host-manager", scope=("host-organisation", host.slug))
    people = [member(MaisonFactory(host_organisation=host)) for _ in range(2)]
    session = SessionFactory()
    client_of(me).post(address("register-team", session), {"chosen": [one.uuid for one in people]})
    assert set(states(session)) == {one.user for one in people}


def test_a_manager_who_registers_approves_by_doing_so(client, maison):
    session, one = SessionFactory(needs_approval=True), member(maison)
    client.post(address("register-team", session), {"chosen": [one.uuid]})
    assert states(session) == {one.user: S.CONFIRMED}


def test_the_team_page_ticks_whoever_was_named(client, maison):
    one = member(maison)
    page = client.get(address("register-team", SessionFactory()), {"personne": one.user.uuid})
    assert f'id="m-{one.uuid}" checked' in page.content.decode()


@pytest.mark.parametrize("count", [2, 70])
def test_the_team_page_costs_the_same_whatever_the_team(
    client, maison, count, django_assert_max_num_queries
):
    for _ in range(count):
        member(maison)
    session = SessionFactory()
    with django_assert_max_num_queries(20):
        assert client.get(address("register-team", session)).status_code == 200


# -- From a file ----------------------------------------------------------------------------------


def send(client, session, text, name="liste.csv", encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return client.post(address("register-file", session), {"file": file})


def verdicts():
    batch = RegistrationImport.objects.get()
    return [(row.line, row.verdict) for row in batch.rows.all()]


def write(client, session, **data):
    batch = RegistrationImport.objects.get()
    return client.post(address("register-batch", session, batch.uuid), data)


def test_a_file_is_read_and_shown_before_anybody_is_registered(client, maison):
    session = SessionFactory()
    one, two = member(maison), member(maison, first_name="Élodie", last_name="Dupré")
    send(
        client,
        session,
        f"E-mail;Nom;Maison\n{one.user.email.upper()};;\n;dupre elodie;maison d'ayen\n",
    )
    assert verdicts() == [(2, "good"), (3, "good")]
    assert not Registration.objects.exists()
    for _twice in range(2):
        write(client, session)
    assert states(session) == {one.user: S.CONFIRMED, two.user: S.CONFIRMED}
    assert Notification.objects.filter(kind="learning.confirmed").count() == 2


def test_each_rejected_line_has_its_reason_and_nobody_is_registered(client, maison):
    session = SessionFactory()
    one, stranger, held = member(maison), member(MaisonFactory()), member(maison)
    RegistrationFactory(session=session, user=held.user)
    lines = ["courriel;maison", one.user.email, one.user.email, stranger.user.email]
    lines += ["absent@example.org", held.user.email, f"{one.user.email};Autre Maison", ";", "=1+1"]
    send(client, session, "\n".join(lines))
    assert [verdict for _line, verdict in verdicts()] == [
        *["good", "rejected", "rejected", "rejected", "already", "rejected", "rejected"]
    ]
    assert write(client, session).status_code == 409
    assert set(states(session)) == {held.user}
    write(client, session, partly="on")
    assert states(session)[one.user] == S.CONFIRMED


def test_a_file_does_not_tell_a_manager_who_has_an_account(client, maison):
    session, stranger = SessionFactory(), member(MaisonFactory())
    send(client, session, f"courriel\n{stranger.user.email}\nabsent@example.org")
    reasons = set(RegistrationImport.objects.get().rows.values_list("reason", flat=True))
    assert len(reasons) == 1


def test_the_national_team_registers_anybody_of_the_network():
    team = client_of(UserFactory(role="national-team"))
    session, agent = SessionFactory(), member(MaisonFactory())
    trainer = UserFactory(role="trainer")
    send(team, session, f"courriel\n{agent.user.email}\n{trainer.email}")
    write(team, session)
    assert set(states(session)) == {agent.user, trainer}


def test_what_changed_since_the_report_stops_all_or_that_line_alone(client, boss, maison):
    from maisons.services import end_membership

    session, one, two = SessionFactory(), member(maison), member(maison)
    send(client, session, f"courriel\n{one.user.email}\n{two.user.email}")
    end_membership(two)
    assert write(client, session).status_code == 409
    assert not Registration.objects.exists()
    batches.write(RegistrationImport.objects.get(), by=boss, partly=True)
    assert set(states(session)) == {one.user}


def test_the_report_is_seen_by_whoever_sent_the_file_alone(client, maison):
    session, one = SessionFactory(), member(maison)
    send(client, session, f"courriel\n{one.user.email}")
    batch = RegistrationImport.objects.get()
    other = client_of(UserFactory(role="national-team"))
    assert other.get(address("register-batch", session, batch.uuid)).status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"\xff\xfe", b"a;b\n1;2", b"courriel\n", b"courriel;courriel\nx;y"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_message(client, content):
    assert send(client, SessionFactory(), content).status_code == 422
    assert not RegistrationImport.objects.exists()


def test_a_file_that_is_too_long_is_refused(client):
    text = "courriel\n" + "x@example.org\n" * (batches.MOST_ROWS + 1)
    assert send(client, SessionFactory(), text).status_code == 422


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=200), header=st.sampled_from(["courriel", "nom;maison", "e-mail,nom"]))
def test_no_file_makes_an_error(client, text, header):
    session = SessionFactory()
    answer = send(client, session, f"{header}\n{text}".encode("utf-8", "surrogatepass"))
    assert answer.status_code in (302, 422)


# -- Approval -------------------------------------------------------------------------------------


def requested(maison, **more):
    session = SessionFactory(needs_approval=True)
    return RegistrationFactory(session=session, maison=maison, state=S.REQUESTED, **more)


def test_a_manager_approves_several_at_once(client, maison):
    rows = [requested(maison) for _ in range(2)]
    other = requested(MaisonFactory())
    page = client.get(reverse("learning:approve"))
    assert list(page.context["listing"].page.object_list) == rows
    client.post(reverse("learning:approve"), {"chosen": [row.uuid for row in [*rows, other]]})
    for row in [*rows, other]:
        row.refresh_from_db()
    assert [row.state for row in [*rows, other]] == [S.CONFIRMED, S.CONFIRMED, S.REQUESTED]


def test_a_refusal_owes_a_reason_that_the_person_reads(client, maison):
    row = requested(maison)
    refuse = {"chosen": [row.uuid], "refuse": "1"}
    assert client.post(reverse("learning:approve"), refuse).status_code == 422
    client.post(reverse("learning:approve"), refuse | {"reason": "Fermeture ce jour-là"})
    row.refresh_from_db()
    assert row.state == S.REFUSED
    assert "Fermeture" in Notification.objects.get(user=row.user).text


def test_what_another_manager_decided_is_said_and_not_redone(client, maison):
    row = requested(maison)
    other = client_of(member(maison, "manager").user)
    other.post(
        reverse("learning:approve"), {"chosen": [row.uuid], "refuse": "1", "reason": "Complet"}
    )
    answer = client.post(reverse("learning:approve"), {"chosen": [row.uuid]})
    [line] = answer.context["lines"]
    row.refresh_from_db()
    assert not line.good and row.state == S.REFUSED and row.events.count() == 1


def test_the_national_team_decides_for_those_without_a_maison():
    row = requested(None)
    team = client_of(UserFactory(role="national-team"))
    team.post(reverse("learning:approve"), {"chosen": [row.uuid]})
    row.refresh_from_db()
    assert row.state == S.CONFIRMED
