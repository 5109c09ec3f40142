"""The tasks that make the files of closing: one a document, so that one failure blocks no other."""

from cms.tasks import background

from .. import stored_files
from ..models import Certificate, SessionReport, StoredPdf
from ..stored_files import ATTEMPTS
from . import documents


@background(attempts=ATTEMPTS)
def make_certificate(certificate_id: int) -> None:
    """Make the file of a certificate, unless it is made or was revoked before that."""
    found = Certificate.objects.filter(pk=certificate_id, revoked_at=None).first()
    if found is not None:
        stored_files.make(found, documents.certificate)


@background(attempts=ATTEMPTS)
def make_report(report_id: int) -> None:
    found = SessionReport.objects.filter(pk=report_id).first()
    if found is not None:
        stored_files.make(found, documents.report)


def retry(documents_failed: list[StoredPdf]) -> int:
    """Try again those whose file failed. Returns how many."""
    return stored_files.retry(
        documents_failed,
        lambda one: make_report if isinstance(one, SessionReport) else make_certificate,
    )
