"""The tasks that follow an attestation: its file, and its badge. Each blocks nothing but itself."""

from collections.abc import Iterable

from cms.tasks import background

from .. import stored_files
from ..models import PathCertificate
from ..stored_files import ATTEMPTS
from . import badges, documents, telling


@background(attempts=ATTEMPTS)
def make_attestation(certificate_id: int) -> None:
    """Make the file, unless it is made or was revoked before that; then tell the person, once."""
    found = PathCertificate.objects.standing().filter(pk=certificate_id)
    row = found.select_related("enrolment__user", "replaces").first()
    if row is None:
        return
    stored_files.make(row, documents.attestation)
    telling.ready(row)


@background(attempts=ATTEMPTS)
def sign_badge(certificate_id: int) -> None:
    found = PathCertificate.objects.select_related("status_list").filter(pk=certificate_id)
    if (row := found.first()) is not None:
        badges.signed(row)


def retry(rows: Iterable[PathCertificate]) -> int:
    """Try again those whose file failed. Returns how many."""
    return stored_files.retry(rows, lambda _row: make_attestation)
