"""Files are made once, one by one; served as stored; verified by their number and hash."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from accounts.factories import UserFactory
from cms.storages import private_storage
from cms.tasks import run_all
from learning import stored_files
from learning.attendance.services import record
from learning.closing import documents, factories, files
from learning.closing.factories import CertificateFactory
from learning.closing.personal import PersonalData
from learning.closing.services import reissue
from learning.kinds import CertificateKind, FileState
from learning.models import Certificate, SessionReport, TrainingEvidence
from maisons.factories import MaisonFactory, MembershipFactory
from tests.support.documents import assert_pdf_ua

pytestmark = pytest.mark.django_db
NATIONAL = "national-team"


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def plain(monkeypatch):
    """Files that take no time: what stands in them is not what is tested."""
    monkeypatch.setattr(documents, "certificate", lambda row: f"%PDF {row.number}".encode())
    monkeypatch.setattr(documents, "report", lambda row: b"%PDF report")


def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.mark.pdf
def test_certificates_and_report_are_pdf_ua_on_one_page(tmp_path):
    session = factories.closed(2, days=3)
    certificate = Certificate.objects.filter(kind=CertificateKind.ATTENDANCE).first()
    completion = Certificate.objects.filter(kind=CertificateKind.COMPLETION).first()
    made = [
        documents.certificate(certificate),
        documents.certificate(completion),
        documents.report(SessionReport.objects.get(session=session)),
    ]
    for content in made:
        assert len(PdfReader(BytesIO(content)).pages) == 1
    text = PdfReader(BytesIO(made[0])).pages[0].extract_text()
    assert certificate.number in text and str(certificate.registration.user) in text
    assert_pdf_ua(made, tmp_path)


def test_each_file_is_made_by_its_own_task_and_one_failure_blocks_no_other(plain, monkeypatch):
    session = factories.closed(3)
    broken = Certificate.objects.first()
    whole = documents.certificate

    def fail(row):
        if row.pk == broken.pk:
            raise documents.Unprintable("pas de dessin pour ꙮ")
        return whole(row)

    monkeypatch.setattr(documents, "certificate", fail)
    run_all()
    broken.refresh_from_db()
    assert broken.file_state == FileState.FAILED and "ꙮ" in broken.error
    others = Certificate.objects.exclude(pk=broken.pk)
    assert {row.file_state for row in others} == {FileState.READY}
    assert SessionReport.objects.get(session=session).is_ready


def test_what_failed_is_shown_with_its_cause_and_tried_again(client, plain, trainer):
    session = factories.closed(1, trainer=trainer)
    broken = Certificate.objects.first()
    run_all()
    Certificate.objects.filter(pk=broken.pk).update(
        file_state=FileState.FAILED, error="Pango manque", path="", sha256=""
    )
    page = reverse("learning:closing", args=[session.uuid])
    assert "Pango manque" in signed_in(client, trainer).get(page).content.decode()
    client.post(reverse("learning:retry-files", args=[session.uuid]))
    run_all()
    broken.refresh_from_db()
    assert broken.is_ready and broken.error == ""


def test_a_name_without_drawing_in_our_font_fails_with_its_cause():
    row = CertificateFactory()
    row.facts["name"] = "ꙮ"
    with pytest.raises(documents.Unprintable, match="ꙮ"):
        documents.certificate(row)


def test_a_file_is_never_made_again(plain):
    factories.closed(1)
    run_all()
    row = Certificate.objects.first()
    files.make_certificate.func(row.pk)
    assert not stored_files.store(row, b"%PDF other")
    kept = Certificate.objects.get(pk=row.pk)
    assert (kept.path, kept.sha256) == (row.path, row.sha256)
    with private_storage().open(row.path) as file:
        assert hashlib.sha256(file.read()).hexdigest() == row.sha256


def test_a_file_has_a_french_name_on_the_computer_of_whoever_keeps_it(plain):
    factories.closed(1)
    run_all()
    names = {row.path.rsplit("/", 1)[-1].rsplit("-", 4)[0] for row in Certificate.objects.all()}
    assert names == {"attestation-de-presence", "certificat-de-realisation"}


def test_the_person_the_trainer_and_the_national_team_read_a_file_nobody_else(
    client, plain, trainer
):
    maison = MaisonFactory()
    person = MembershipFactory(user=UserFactory(), maison=maison).user
    manager = MembershipFactory(user=UserFactory(), maison=maison, role="manager").user
    session = factories.over(trainer=trainer)
    factories.came(session, person, maison=maison)
    from learning.closing.services import close

    close(session, trainer)
    run_all()
    url = Certificate.objects.first().get_absolute_url()
    for user in (person, trainer, UserFactory(role=NATIONAL)):
        answer = signed_in(client, user).get(url)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    for user in (manager, UserFactory(), UserFactory(role="trainer")):
        assert signed_in(client, user).get(url).status_code == 404
    report = reverse("learning:session-report", args=[session.uuid])
    assert signed_in(client, trainer).get(report).status_code == 200
    assert signed_in(client, person).get(report).status_code == 404


# -- Correcting ------------------------------------------------------------------------------------


def corrected(trainer, present=False):
    """Close a session, then correct the first half-day of its one person."""
    maison = MaisonFactory()
    session = factories.over(trainer=trainer)
    row = factories.came(session, UserFactory(), maison=maison)
    from learning.closing.services import close

    close(session, trainer)
    run_all()
    half_day = factories.half_days(session)[0]
    record(half_day, row, present=present, way="trainer", by=trainer, reason="Erreur de saisie")
    return row


def test_a_correction_revokes_and_issues_a_new_number(plain, trainer):
    row = corrected(trainer)
    old = Certificate.objects.get(kind=CertificateKind.ATTENDANCE, replaces=None)
    new = old.replaced_by
    assert old.is_revoked and old.revoke_reason == "Erreur de saisie" and old.revoked_by == trainer
    assert new.number != old.number and new.facts["half_days_attended"] == 1
    completion = Certificate.objects.get(kind=CertificateKind.COMPLETION)
    assert completion.is_revoked and not hasattr(completion, "replaced_by")
    # The old file stays.
    assert private_storage().exists(old.path)
    run_all()
    new.refresh_from_db()
    assert new.is_ready and row.certificates.valid().get() == new


def test_a_correction_withdraws_evidence_and_a_second_one_brings_it_back(plain, trainer):
    row = corrected(trainer)
    assert not TrainingEvidence.objects.standing().exists()
    assert TrainingEvidence.objects.count() == 2
    half_day = factories.half_days(row.session)[0]
    record(half_day, row, present=True, way="trainer", by=trainer, reason="Elle était là")
    assert TrainingEvidence.objects.standing().count() == 1
    assert row.certificates.valid().count() == 2


def test_the_person_is_told_of_a_correction(plain, trainer):
    row = corrected(trainer)
    told = row.user.notifications.filter(kind="learning.certificate-corrected").get()
    assert told.text == "Erreur de saisie"


def test_what_stays_true_keeps_its_number(plain, trainer):
    session = factories.closed(1, trainer=trainer)
    row = session.registrations.get()
    assert reissue(row, trainer, "Rien à corriger") == []
    assert not Certificate.objects.exclude(revoked_at=None).exists()
    row.user.last_name = "Corrigé"
    row.user.save()
    assert len(reissue(row, trainer, "Nom mal orthographié")) == 2


# -- Verifying -------------------------------------------------------------------------------------


def verify(client, certificate, **given):
    url = reverse("learning:verify", args=[certificate.number])
    return client.post(url, given) if given else client.get(url)


def test_the_page_says_whether_it_is_valid_and_names_nobody(client, plain, trainer):
    row = corrected(trainer)
    run_all()
    for certificate in row.certificates.all():
        page = verify(client, certificate).content.decode()
        assert certificate.sha256 in page and certificate.facts["module"] in page
        assert row.user.last_name not in page and row.maison.name not in page
        assert ("verdict--valid" in page) != certificate.is_revoked
        for other in row.certificates.exclude(pk=certificate.pk):
            assert other.number not in page


def test_a_file_is_compared_with_the_one_that_was_issued(client, plain):
    factories.closed(1)
    run_all()
    row = Certificate.objects.first()
    same = SimpleUploadedFile("a.pdf", f"%PDF {row.number}".encode())
    changed = SimpleUploadedFile("a.pdf", b"%PDF changed")
    assert "notice--success" in verify(client, row, fichier=same).content.decode()
    assert "notice--error" in verify(client, row, fichier=changed).content.decode()


def test_a_number_that_is_not_known_is_said_so(client):
    answer = client.get("/verifier/2026-AP-000001-XXXXX/")
    assert answer.status_code == 404 and "2026-AP-000001-XXXXX" in answer.content.decode()


def test_numbers_cannot_be_tried_by_the_thousand(client, clock):  # one minute
    row = CertificateFactory()
    answers = {verify(client, row).status_code for _ in range(25)}
    assert answers == {200, 429}


# -- Personal data ---------------------------------------------------------------------------------


def test_an_erased_account_leaves_a_number_without_name_or_file(
    client, plain, django_capture_on_commit_callbacks
):
    session = factories.closed(1)
    run_all()
    row = Certificate.objects.first()
    user, path = row.registration.user, row.path
    name = user.get_full_name()
    assert PersonalData().export(user)["certificates"][0]["says"]["name"] == name
    with django_capture_on_commit_callbacks(execute=True):
        PersonalData().erase(user)
    row.refresh_from_db()
    assert not private_storage().exists(path)
    assert name not in str(row.facts) and row.sha256
    assert verify(client, row).status_code == 200
    admin = UserFactory(role=NATIONAL)
    page = signed_in(client, admin).get(reverse("learning:closing", args=[session.uuid]))
    assert page.status_code == 200
