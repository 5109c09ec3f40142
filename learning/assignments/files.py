"""Files of a work and of its feedback: checked (`cms.uploads`) before they come here, private for ever."""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.storages import private_storage

from ..models import Submission, SubmissionFile
from .kinds import FileSide
from .services import CannotHandIn, lock

# Taken away, a file comes back for so long; then it leaves the storage.
KEEP_REMOVED = dt.timedelta(days=30)


def add(
    submission: Submission, file: Any, *, key: uuid.UUID, most: int, side: str = FileSide.WORK
) -> SubmissionFile:
    """Keep a file that was checked. Sent twice with one `key`, it is one. Raises CannotHandIn.

    It is written before the transaction: no file is in one.
    """
    known = SubmissionFile.objects.filter(key=key, submission=submission)
    if found := known.first():
        return found
    title = file.name.replace("\\", "/").rsplit("/", 1)[-1][:160]
    row = SubmissionFile(submission=submission, side=side, title=title, size=file.size, key=key)
    name = row.file.field.generate_filename(row, file.name)
    row.file.name = private_storage().save(name, file)
    try:
        with transaction.atomic():
            _check(submission, side, most)
            row.save()
    except IntegrityError:
        private_storage().delete(row.file.name)
        if found := known.first():
            return found
        raise CannotHandIn(_("This form was already sent: open the page again.")) from None
    except CannotHandIn:
        private_storage().delete(row.file.name)
        raise
    return row


def _check(submission: Submission, side: str, most: int) -> None:
    lock(submission.enrolment_id)
    held = Submission.objects.get(pk=submission.pk)
    if side == FileSide.WORK and not held.is_draft:
        raise CannotHandIn(_("This work is handed in already: take it back to change its files."))
    if held.files.filter(side=side, removed_at=None).count() >= most:
        raise CannotHandIn(_("At most %(n)d files: take one away first.") % {"n": most})


@transaction.atomic
def remove(file: SubmissionFile) -> None:
    """Take a file of a draft away; it comes back for thirty days. Raises CannotHandIn."""
    lock(file.submission.enrolment_id)
    _check_draft(file)
    SubmissionFile.objects.filter(pk=file.pk).update(removed_at=timezone.now())


@transaction.atomic
def restore(file: SubmissionFile, most: int) -> None:
    """Bring back a file that was taken away. Raises CannotHandIn."""
    _check(file.submission, FileSide.WORK, most)
    SubmissionFile.objects.filter(pk=file.pk).update(removed_at=None)


def _check_draft(file: SubmissionFile) -> None:
    if not Submission.objects.get(pk=file.submission_id).is_draft:
        raise CannotHandIn(_("This work is handed in already: take it back to change its files."))


def forget(rows: Any) -> int:
    """Delete rows and the stored files that no other row holds (attempts share them)."""
    names = set(rows.values_list("file", flat=True))
    count = rows.delete()[0]
    kept = set(SubmissionFile.objects.filter(file__in=names).values_list("file", flat=True))
    gone = names - kept

    def delete() -> None:
        for name in gone:
            private_storage().delete(name)

    transaction.on_commit(delete)
    return count


def purge(now: dt.datetime) -> int:
    return forget(SubmissionFile.objects.filter(removed_at__lt=now - KEEP_REMOVED))
