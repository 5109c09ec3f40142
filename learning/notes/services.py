"""What changes a note: written, deleted, brought back. One person's own, always."""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.text import plain

from .. import drafts
from ..models import Unit, UnitNote

# Deleted, a note comes back for so long.
KEEP_DELETED = dt.timedelta(days=30)


def save(user: Any, unit: Unit, text: str, *, revision: int, key: uuid.UUID) -> UnitNote:
    """Keep what somebody notes. Idempotent on `key`; raises `drafts.Stale` when another tab wrote meanwhile.

    Writing over a note that was deleted brings it back.
    """
    now = timezone.now()
    with transaction.atomic():
        row = _held(user, unit)
        if drafts.keep(row, text, revision=revision, key=key, now=now):
            row.folded, row.deleted_at = plain(text), None
            row.save()
    return row


def _held(user: Any, unit: Unit) -> UnitNote:
    """The row, held until the end of the transaction; made when there is none."""
    rows = UnitNote.objects.select_for_update().filter(user=user, unit=unit)
    if found := rows.first():
        return found
    try:
        with transaction.atomic():
            return UnitNote.objects.create(user=user, unit=unit)
    except IntegrityError:
        # Another tab made it at the same moment.
        return rows.get()


def delete(note: UnitNote) -> None:
    UnitNote.objects.filter(pk=note.pk).update(deleted_at=timezone.now())


def restore(note: UnitNote) -> None:
    UnitNote.objects.filter(pk=note.pk).update(deleted_at=None)


def deleted_of(user: Any) -> Any:
    """Those that their author may bring back."""
    since = timezone.now() - KEEP_DELETED
    return UnitNote.objects.filter(user=user, deleted_at__gt=since).exclude(text="")


def purge(now: dt.datetime) -> int:
    return UnitNote.objects.filter(deleted_at__lt=now - KEEP_DELETED).delete()[0]
