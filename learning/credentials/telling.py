"""Who is told what of attestations. Called in the transaction of what it tells."""

from django.urls import reverse

from accounts.notify import notify

from ..models import PathCertificate


def ready(row: PathCertificate) -> None:
    """The file is there. Said once, however often the task runs."""
    notify(
        "learning.attestation",
        [row.enrolment.user],
        {"path": row.facts["path"], "url": row.get_absolute_url()},
        key=f"attestation:{row.uuid}",
    )


def revoked(row: PathCertificate, reason: str) -> None:
    """It counts no more; if another replaces it, that one is told when it is ready."""
    notify(
        "learning.attestation-revoked",
        [row.enrolment.user],
        {
            "path": row.facts["path"],
            "reason": reason,
            "url": reverse("learning:attestations"),
        },
        key=f"attestation-revoked:{row.uuid}",
    )
