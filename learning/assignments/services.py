"""What changes a work: written, handed in, taken back. Each is one transaction that holds the enrolment's row.

Two tabs, a double click, a trainer who marks meanwhile wait for each other there.
"""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import drafts
from ..models import Enrolment, Submission, SubmissionEvent, Unit
from ..paths import structure
from ..paths.kinds import EnrolmentState
from ..paths.record import Report, record
from ..paths.structure import UnitOutline
from .kinds import Expected, FileSide, SubmissionAct, SubmissionState
from .terms import Terms, terms_for


class CannotHandIn(ValidationError):
    """The work cannot be written, handed in or taken back; the message says why."""


def lock(enrolment_id: int) -> Enrolment:
    """The enrolment, which nobody else changes until the end of the transaction."""
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("version")
        .get(pk=enrolment_id)
    )


def place_of(enrolment: Enrolment, unit: Unit) -> UnitOutline:
    """The unit in the version that the person follows. Raises CannotHandIn."""
    place = structure.read(enrolment.version).find(str(unit.uuid))
    if place is None:
        raise CannotHandIn(_("This unit is not in the version of the path that you follow."))
    return place


@transaction.atomic
def save_draft(
    enrolment: Enrolment, unit: Unit, text: str, *, revision: int, key: uuid.UUID
) -> Submission:
    """Keep what somebody writes; after "to rework" it is a new attempt. Idempotent on `key`.

    Raises CannotHandIn, or `drafts.Stale` when another tab wrote meanwhile.
    """
    held = lock(enrolment.pk)
    row = _draft(held, unit)
    if drafts.keep(row, text, revision=revision, key=key, now=timezone.now()):
        row.save()
    return row


@transaction.atomic
def open_draft(enrolment: Enrolment, unit: Unit) -> Submission:
    """The draft of the attempt in progress, made when there is none yet. Raises CannotHandIn."""
    row = _draft(lock(enrolment.pk), unit)
    if row.pk is None:
        row.save()
        _carry_files(row)
    return row


def _draft(enrolment: Enrolment, unit: Unit) -> Submission:
    """The attempt in progress, or the next one, not saved yet."""
    if enrolment.superseded or enrolment.state == EnrolmentState.LEFT:
        raise CannotHandIn(_("This enrolment is over."))
    last = last_of(enrolment, unit)
    if last is None:
        return Submission(enrolment=enrolment, unit=unit)
    if last.is_draft:
        return last
    if last.state != SubmissionState.REWORK:
        raise CannotHandIn(_("This work is handed in already."))
    terms = terms_for(enrolment, unit, place_of(enrolment, unit))
    if not terms.may_try(last.number + 1):
        raise CannotHandIn(_("No attempt is left: ask your trainer for another one."))
    # One goes on from what one wrote.
    return Submission(enrolment=enrolment, unit=unit, number=last.number + 1, text=last.text)


def last_of(enrolment: Enrolment, unit: Unit) -> Submission | None:
    return Submission.objects.filter(enrolment=enrolment, unit=unit).order_by("number").last()


def _carry_files(row: Submission) -> None:
    """A new attempt begins with the files of the one before: same stored files, other rows."""
    if row.number == 1:
        return
    before = Submission.objects.filter(
        enrolment_id=row.enrolment_id, unit_id=row.unit_id, number=row.number - 1
    )
    for file in row.files.model.objects.filter(
        submission__in=before, side=FileSide.WORK, removed_at=None
    ):
        file.pk, file.uuid, file.key, file.submission = None, uuid.uuid4(), uuid.uuid4(), row
        file.save(force_insert=True)


@transaction.atomic
def submit(
    enrolment: Enrolment,
    unit: Unit,
    text: str,
    *,
    expected: str,
    revision: int,
    key: uuid.UUID,
) -> Submission:
    """Hand the work in, with the text as it stands. Sent twice with one `key`, it is handed in once.

    expected: what the unit asks for (`kinds.Expected`). Raises CannotHandIn or `drafts.Stale`.
    """
    now = timezone.now()
    held = lock(enrolment.pk)
    last = last_of(held, unit)
    if last is not None and not last.is_draft and last.last_key == key:
        return last
    row = _draft(held, unit)
    fresh = row.pk is None
    drafts.keep(row, text, revision=revision, key=key, now=now)
    row.last_key = key
    row.save()
    if fresh:
        _carry_files(row)
    _check_content(row, expected)
    terms = terms_for(held, unit, place_of(held, unit))
    row.state, row.submitted_at = SubmissionState.SUBMITTED, now
    row.due_on = terms.due_on
    row.mark_by = timezone.localdate(now) + dt.timedelta(days=terms.feedback_days)
    row.save()
    event = write_event(row, SubmissionAct.SUBMITTED, enrolment.user)
    # The path knows that the person was here; a trainer alone says that it is done.
    record(held, unit, uuid.uuid5(row.uuid, f"submitted-{event.pk}"), Report(), now=now)
    return row


def _check_content(row: Submission, expected: str) -> None:
    files = row.files.filter(side=FileSide.WORK, removed_at=None).exists()
    text = bool(row.text.strip())
    if expected == Expected.TEXT and not text:
        raise CannotHandIn(_("Write your text first."))
    if expected == Expected.FILES and not files:
        raise CannotHandIn(_("Add a file first."))
    if not text and not files:
        raise CannotHandIn(_("Write a text or add a file first."))


@transaction.atomic
def withdraw(submission: Submission, *, by: Any) -> Submission:
    """Take a work back while nobody has marked it: it is a draft again. Raises CannotHandIn."""
    lock(submission.enrolment_id)
    row = Submission.objects.get(pk=submission.pk)
    if row.is_draft:
        return row
    if not row.waits:
        raise CannotHandIn(_("This work was marked meanwhile: it can no longer be taken back."))
    row.state, row.submitted_at = SubmissionState.DRAFT, None
    row.due_on = row.mark_by = row.claimed_by = row.claimed_at = None
    row.save()
    write_event(row, SubmissionAct.WITHDRAWN, by)
    return row


def write_event(row: Submission, act: str, by: Any, **said: Any) -> SubmissionEvent:
    return SubmissionEvent.objects.create(submission=row, act=act, by=by, **said)


def next_attempt(last: Submission | None, terms: Terms) -> int | None:
    """The number of the attempt that the person may write now; None when they may not."""
    if last is None:
        return 1
    if last.is_draft:
        return last.number
    number = last.number + 1
    if last.state == SubmissionState.REWORK and terms.may_try(number):
        return number
    return None
