"""The tasks that make the files: one a document, so that one failure blocks no other.

A file is made once. It is written under a new name, then one conditional update takes it: of two
workers that made the same document, the first is kept and the other's is thrown away.
"""

import hashlib
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cms.storages import private_storage
from cms.tasks import background

from ..kinds import FileState
from ..models import Certificate, SessionReport, StoredPdf
from . import documents

ATTEMPTS = 4


@background(attempts=ATTEMPTS)
def make_certificate(certificate_id: int) -> None:
    """Make the file of a certificate, unless it is made or was revoked before that."""
    found = Certificate.objects.filter(pk=certificate_id, revoked_at=None).first()
    if found is not None:
        _make(found, documents.certificate)


@background(attempts=ATTEMPTS)
def make_report(report_id: int) -> None:
    found = SessionReport.objects.filter(pk=report_id).first()
    if found is not None:
        _make(found, documents.report)


@transaction.atomic
def retry(documents_failed: list[StoredPdf]) -> int:
    """Try again, with a new set of attempts, those whose file failed. Returns how many."""
    tried = 0
    for one in documents_failed:
        held = type(one)._default_manager.filter(pk=one.pk, file_state=FileState.FAILED)
        if held.update(file_state=FileState.PENDING, error=""):
            task = make_report if isinstance(one, SessionReport) else make_certificate
            task.enqueue(one.pk)
            tried += 1
    return tried


def _make(row: Any, print_it: Any) -> None:
    if row.is_ready:
        return
    try:
        content = print_it(row)
    except Exception as error:
        # Said on the page of the session; raised again so that the task is tried again.
        type(row)._default_manager.filter(pk=row.pk).exclude(file_state=FileState.READY).update(
            file_state=FileState.FAILED, error=f"{type(error).__name__}: {error}"[:500]
        )
        raise
    store(row, content)


def store(row: StoredPdf, content: bytes) -> bool:
    """Keep the file of a document that has none, with its hash. False when it has one already."""
    storage = private_storage()
    name = storage.save(
        f"{row.folder}/{row.uuid}/{secrets.token_hex(4)}/{row.filename}", ContentFile(content)
    )
    taken = (
        type(row)
        ._default_manager.filter(pk=row.pk, path="")
        .exclude(file_state=FileState.READY)
        .update(
            path=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            file_state=FileState.READY,
            error="",
            made_at=timezone.now(),
        )
    )
    if not taken:
        storage.delete(name)
    return bool(taken)
