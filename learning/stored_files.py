"""How a `StoredPdf` gets its file, whatever it says: made once, by a task, kept with its hash.

A file is written under a new name, then one conditional update takes it: of two workers that made the
same document, the first is kept and the other's is thrown away.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cms.storages import private_storage

from .kinds import FileState
from .models import StoredPdf

ATTEMPTS = 4


def make(row: Any, print_it: Callable[[Any], bytes]) -> None:
    """Make the file of a document, unless it has one. A failure is kept with the row, and raised again."""
    if row.is_ready:
        return
    try:
        content = print_it(row)
    except Exception as error:
        # Said where the document is listed; raised again so that the task is tried again.
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


@transaction.atomic
def retry(documents: Iterable[Any], task_of: Callable[[Any], Any]) -> int:
    """Try again, with a new set of attempts, those whose file failed. Returns how many."""
    tried = 0
    for one in documents:
        held = type(one)._default_manager.filter(pk=one.pk, file_state=FileState.FAILED)
        if held.update(file_state=FileState.PENDING, error=""):
            task_of(one).enqueue(one.pk)
            tried += 1
    return tried


def forget(rows: Iterable[Any], about_the_person: Iterable[str]) -> int:
    """Take what names the person, and the file, away; number, hash and state stay. Returns how many."""
    count = 0
    for row in rows:
        if row.path:
            transaction.on_commit(lambda name=row.path: private_storage().delete(name))
        row.facts |= dict.fromkeys(about_the_person, "")
        row.path = ""
        if row.file_state != FileState.READY:
            row.file_state, row.error = FileState.FAILED, ""
        row.save(update_fields=["facts", "path", "file_state", "error"])
        count += 1
    return count
