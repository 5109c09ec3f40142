"""Who sees which attestations, on which screens, at what cost."""

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.closing.factories import CertificateFactory
from learning.credentials import queries, services
from learning.credentials.factories import make_certificate
from learning.credentials.personal import PersonalData
from learning.models import Cohort, PathCertificate
from learning.paths.factories import make_path
from maisons.factories import MaisonFactory, MembershipFactory

pytestmark = pytest.mark.django_db
ALL = "/espace-pro/attestations/suivies/"


@pytest.fixture
def national():
    return UserFactory(role="national-team")


def read(client, user, address, **given):
    client.force_login(user)
    return client.get(address, given)


def cohort_of(path, trainer):
    cohort = Cohort.objects.create(path=path, name="Printemps")
    cohort.trainers.add(trainer)
    return cohort


def test_the_file_is_for_its_holder_their_trainers_and_the_national_team(client, plain, national):
    maison, trainer = MaisonFactory(), UserFactory(role="trainer")
    person = MembershipFactory(user=UserFactory(), maison=maison).user
    manager = MembershipFactory(user=UserFactory(), maison=maison, role="manager").user
    path = make_path()
    made = make_certificate(person, path, cohort=cohort_of(path, trainer))
    run_all()
    for user in (person, trainer, national):
        answer = read(client, user, made.get_absolute_url())
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    for user in (manager, UserFactory(), UserFactory(role="trainer")):
        assert read(client, user, made.get_absolute_url()).status_code == 404


def test_the_page_of_a_completed_path_hands_over_its_attestation(client, plain, national):
    person = UserFactory()
    made = make_certificate(person)
    address = made.enrolment.path.get_absolute_url()
    assert "Le fichier est en préparation" in read(client, person, address).content.decode()
    run_all()
    assert f'href="{made.get_absolute_url()}"' in read(client, person, address).content.decode()
    services.revoke(made, by=national, reason="Erreur de nom")
    page = read(client, person, address).content.decode()
    assert "Révoquée" in page and made.get_absolute_url() not in page


def test_one_sees_own_documents_of_paths_and_sessions_and_nobody_elses(client, plain):
    person = UserFactory()
    mine = make_certificate(person, make_path(title="Mon parcours"))
    of_session = CertificateFactory(registration__user=person)
    other = make_certificate()
    run_all()
    page = read(client, person, reverse("learning:attestations")).content.decode()
    assert mine.number in page and of_session.number in page and "Mon parcours" in page
    assert mine.get_check_url() in page and other.number not in page
    assert reverse("learning:badge-svg", args=[mine.uuid]) in page


def test_my_training_shows_the_last_ones_for_two_queries(
    client, plain, django_assert_num_queries, django_assert_max_num_queries
):
    person = UserFactory()
    for _ in range(8):
        make_certificate(person)
        CertificateFactory(registration__user=person)
    with django_assert_num_queries(2):
        assert len(queries.own(person, 6)) == 6
    client.force_login(person)
    page = client.get(reverse("learning:mine")).content.decode()
    assert reverse("learning:attestations") in page
    with django_assert_max_num_queries(15):
        client.get(reverse("learning:attestations"))


def test_a_trainer_sees_those_of_their_cohorts_alone_and_cannot_revoke(client):
    trainer, path = UserFactory(role="trainer"), make_path()
    made = make_certificate(path=path, cohort=cohort_of(path, trainer))
    other = make_certificate(path=path)
    page = read(client, trainer, ALL).content.decode()
    assert made.number in page and other.number not in page
    assert client.get(f"{ALL}{other.uuid}/").status_code == 404
    assert client.post(f"{ALL}{made.uuid}/", {"reason": "Non"}).status_code == 403
    file = b"".join(client.get("/exports/attestations-parcours/").streaming_content).decode()
    assert made.number in file and other.number not in file


def test_the_national_team_narrows_the_list_by_path_state_year_and_name(client, national):
    path = make_path(title="Accompagner")
    made = make_certificate(UserFactory(last_name="Éloïse"), path)
    revoked = make_certificate(path=path)
    elsewhere = make_certificate()
    services.revoke(revoked, by=national, reason="Erreur")
    for asked, found in (
        ({"parcours": str(path.uuid)}, {made, revoked}),
        ({"etat": "revoquees"}, {revoked}),
        ({"etat": "valides"}, {made, elsewhere}),
        ({"annee": "1999"}, set()),
        ({"q": "eloise"}, {made}),
        ({"q": made.number[:14]}, {made}),
    ):
        page = read(client, national, ALL, **asked).content.decode()
        assert {row for row in (made, revoked, elsewhere) if row.number in page} == found, asked


@pytest.mark.parametrize("asked", [{"parcours": "%00'"}, {"annee": "zz"}, {"page": "999999"}])
def test_a_wrong_filter_is_said_and_never_fails(client, national, asked):
    assert read(client, national, ALL, **asked).status_code == 200


def test_the_list_costs_the_same_with_many(client, national, django_assert_max_num_queries):
    path = make_path()
    for _ in range(25):
        make_certificate(path=path)
    client.force_login(national)
    with django_assert_max_num_queries(20):
        page = client.get(ALL).content.decode()
    assert page.count("followed__number") == 20


def test_revoking_asks_for_a_reason_and_leads_to_the_replacement(client, national):
    made = make_certificate()
    client.force_login(national)
    assert client.post(f"{ALL}{made.uuid}/", {"reason": " "}).status_code == 409
    answer = client.post(f"{ALL}{made.uuid}/", {"reason": "Nom faux", "replace": "on"})
    fresh = PathCertificate.objects.get(replaces=made)
    assert answer["Location"] == f"{ALL}{fresh.uuid}/"
    page = client.get(f"{ALL}{made.uuid}/").content.decode()
    assert "Nom faux" in page and fresh.number in page
    assert client.post(f"{ALL}{made.uuid}/", {"reason": "Encore"}).status_code == 409


def test_what_failed_is_shown_with_its_cause_and_tried_again(client, national, plain):
    make_certificate()
    PathCertificate.objects.update(file_state="failed", error="Pango manque")
    page = read(client, national, ALL, etat="en-echec").content.decode()
    assert "Pango manque" in page
    client.post(reverse("learning:attestations-retry"))
    run_all()
    assert PathCertificate.objects.get().is_ready


# -- Personal data ---------------------------------------------------------------------------------


def test_an_erased_account_leaves_a_number_and_a_badge_without_name_or_file(
    client, plain, national, django_capture_on_commit_callbacks
):
    from cms.storages import private_storage

    person = UserFactory(first_name="Camille", last_name="Dupont")
    make_certificate(person)
    run_all()
    row = PathCertificate.objects.get()
    said = PersonalData().export(person)["attestations"][0]
    assert said["says"]["name"] == "Camille Dupont" and said["badge"] == row.badge
    stored = row.path
    with django_capture_on_commit_callbacks(execute=True):
        PersonalData().erase(person)
    row.refresh_from_db()
    assert not private_storage().exists(stored)
    assert "Dupont" not in str(row.facts) and row.sha256 and row.badge
    page = client.get(row.get_check_url()).content.decode()
    assert "verdict--valid" in page and "Camille" not in page
    assert read(client, national, f"{ALL}{row.uuid}/").status_code == 200


def test_after_ten_years_the_name_and_the_file_go(plain):
    made = make_certificate()
    run_all()
    PathCertificate.objects.update(issued_at="2015-01-01T00:00:00Z")
    assert PersonalData().purge() == 1
    made.refresh_from_db()
    assert made.facts["name"] == "" and made.path == ""
    assert PersonalData().purge() == 0
