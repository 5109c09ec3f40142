"""Completing a path issues one attestation, which nothing rewrites."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.factories import UserFactory
from cms.tasks import run_all
from learning.credentials import files, services, status
from learning.credentials.factories import completed, make_certificate
from learning.kinds import FileState
from learning.models import (
    AppendOnly,
    PathCertificate,
    PathCertificateRevocation,
    PathVersion,
    StatusList,
)
from learning.paths.factories import make_enrolment, make_path, units_of
from learning.paths.record import Report, decide, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def national():
    return UserFactory(role="national-team")


def finish(enrolment):
    for unit in units_of(enrolment.path):
        record(enrolment, unit, uuid.uuid4(), Report(completed=True))


def test_the_last_required_unit_issues_one_attestation_in_the_same_transaction():
    row = make_enrolment(make_path(title="Accompagner"), UserFactory(first_name="Zoé"))
    first, *others = units_of(row.path)
    record(row, first, uuid.uuid4(), Report(completed=True))
    assert not PathCertificate.objects.exists()
    for unit in others:
        record(row, unit, uuid.uuid4(), Report(completed=True))
    made = PathCertificate.objects.get()
    assert made.enrolment == row and made.facts["path"] == "Accompagner"
    assert made.facts["name"].startswith("Zoé") and made.facts["version"] == 1
    assert made.facts["units"] == 3 and made.facts["chapters"][0]["units"][0] == "Étape 1"
    assert made.number.split("-")[1] == "AR"
    finish(row)
    decide(row, first, done=False, by=row.user)
    decide(row, first, done=True, by=row.user)
    assert PathCertificate.objects.count() == 1


def test_what_undoes_the_completion_undoes_the_attestation():
    row = completed()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.issue(row)
        raise ZeroDivisionError
    assert not PathCertificate.objects.exists()


def test_a_failure_blocks_nothing_and_the_clock_issues_it_later(monkeypatch):
    row = make_enrolment(make_path())
    whole = status.draw_place

    def fail():
        raise RuntimeError("broken")

    monkeypatch.setattr(status, "draw_place", fail)
    finish(row)
    row.refresh_from_db()
    assert row.state == "completed" and not PathCertificate.objects.exists()
    monkeypatch.setattr(status, "draw_place", whole)
    assert services.issue_missing() == 1
    assert services.issue_missing() == 0


def test_nothing_is_issued_before_completion_nor_to_an_erased_account():
    assert services.issue(make_enrolment(make_path())) is None
    assert services.issue(completed(UserFactory(erased_at=timezone.now()))) is None


def test_learning_time_is_the_union_of_activity_over_units_and_tabs():
    row = make_enrolment(make_path())
    start = timezone.now() - dt.timedelta(minutes=30)
    for unit in units_of(row.path)[:2]:  # two tabs, the same minute
        spent = Report(active=(start, start + dt.timedelta(seconds=60)))
        record(row, unit, uuid.uuid4(), spent)
    finish(row)
    assert PathCertificate.objects.get().facts["seconds"] == 60


def test_the_validity_of_the_path_is_that_of_the_attestation():
    row = make_enrolment(make_path(validity_months=12))
    finish(row)
    row.refresh_from_db()
    made = PathCertificate.objects.get()
    assert made.valid_until == row.expires_on is not None
    assert made.is_valid


def test_a_newer_version_of_the_path_changes_nothing():
    made = make_certificate()
    path = made.enrolment.path
    path.version = PathVersion.objects.create(
        path=path, number=2, structure={**path.version.structure, "title": "Nouveau titre"}
    )
    path.save()
    made.refresh_from_db()
    assert made.is_valid and made.facts["path"] == "Parcours" and made.facts["version"] == 1
    assert services.issue(made.enrolment) == made


def test_a_second_round_gets_an_attestation_of_its_own():
    from learning.paths.services import start_again

    made = make_certificate()
    again = start_again(made.enrolment, by=made.enrolment.user)
    finish(again)
    assert PathCertificate.objects.count() == 2 and made.is_valid


# -- Revoking --------------------------------------------------------------------------------------


def test_revoking_is_written_once_with_its_reason_and_the_person_is_told(national):
    made = make_certificate()
    services.revoke(made, by=national, reason="Identité erronée")
    made = PathCertificate.objects.get()
    assert (made.revoked.reason, made.revoked.by) == ("Identité erronée", national)
    assert not made.is_valid
    told = made.enrolment.user.notifications.get(kind="learning.attestation-revoked")
    assert told.text == "Identité erronée"
    with pytest.raises(services.CannotRevoke):
        services.revoke(made, by=national, reason="Encore")
    with pytest.raises(AppendOnly):
        made.revoked.save()
    with pytest.raises(AppendOnly):
        PathCertificateRevocation.objects.get().delete()
    assert services.issue(made.enrolment) == made  # nor does the clock bring it back


def test_a_replacement_has_a_new_number_code_and_place_and_says_what_is_true_now(national):
    made = make_certificate(UserFactory(last_name="Duponr"))
    made.enrolment.user.last_name = "Dupont"
    made.enrolment.user.save()
    fresh = services.revoke(made, by=national, reason="Nom mal écrit", replace=True)
    assert fresh.replaces == made and "Dupont" in fresh.facts["name"]
    assert "Duponr" in PathCertificate.objects.get(pk=made.pk).facts["name"]
    for name in ("number", "code", "status_index", "holder", "uuid"):
        assert getattr(fresh, name) != getattr(made, name)


def test_the_database_refuses_a_second_attestation_and_a_place_given_twice():
    made = make_certificate()
    same = {"facts": {}, "status_list": made.status_list}
    with pytest.raises(IntegrityError), transaction.atomic():
        PathCertificate.objects.create(
            number="1", code="1", enrolment=made.enrolment, status_index=1, **same
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        PathCertificate.objects.create(
            number="2",
            code="2",
            enrolment=completed(),
            status_index=made.status_index,
            **same,
        )


def test_a_list_that_is_full_gives_way_to_the_next(monkeypatch):
    monkeypatch.setattr(status, "MOST", 2)
    path = make_path()
    rows = [make_certificate(path=path) for _ in range(5)]
    assert StatusList.objects.count() == 3
    assert len({(row.status_list_id, row.status_index) for row in rows}) == 5


def test_places_are_drawn_by_chance_and_drawn_again_when_taken(monkeypatch):
    drawn = iter([7, 7, 7, 9])
    monkeypatch.setattr(status.secrets, "randbelow", lambda most: next(drawn))
    path = make_path()
    assert [make_certificate(path=path).status_index for _ in range(2)] == [7, 9]


# -- Files -----------------------------------------------------------------------------------------


def test_the_file_is_made_by_a_task_told_once_and_never_made_again(plain):
    made = make_certificate()
    assert made.file_state == FileState.PENDING
    run_all()
    kept = PathCertificate.objects.get()
    assert kept.is_ready and len(kept.sha256) == 64 and kept.badge
    files.make_attestation.func(made.pk)
    again = PathCertificate.objects.get()
    assert (again.path, again.sha256, again.badge) == (kept.path, kept.sha256, kept.badge)
    assert made.enrolment.user.notifications.filter(kind="learning.attestation").count() == 1


def test_a_file_that_fails_is_kept_with_its_cause_and_tried_again(monkeypatch, plain):
    from learning.credentials import documents

    whole = documents.attestation

    def fail(row):
        raise documents.pdf.PdfUnavailable("Pango manque")

    monkeypatch.setattr(documents, "attestation", fail)
    make_certificate()
    run_all()
    row = PathCertificate.objects.get()
    assert row.file_state == FileState.FAILED and "Pango manque" in row.error
    assert row.badge  # one failure blocks no other
    monkeypatch.setattr(documents, "attestation", whole)
    assert files.retry([row]) == 1
    run_all()
    assert PathCertificate.objects.get().is_ready
