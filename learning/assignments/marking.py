"""Marking: one trainer takes a work, marks it, and may undo it before its author is told.

Each act holds the row of the enrolment. A mark counts (`learning.paths.record.decide`) and is read only
once it is told, a few minutes later: until then it is undone without a trace for its author, and nothing
that follows from it (a completed path, its certificate) has happened.
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.notify import notify

from ..models import CriterionMark, Submission
from ..paths import record, structure
from ..paths.kinds import EnrolmentState
from .blocks import Criterion
from .kinds import Level, Outcome, SubmissionAct, SubmissionState
from .rules import CLAIM
from .services import lock, place_of, write_event
from .terms import terms_for

# How long a mark may be undone.
UNDO = dt.timedelta(minutes=5)


class CannotMark(ValidationError):
    """The work cannot be marked now; the message says why."""


@dataclass(frozen=True)
class Mark:
    """What a trainer says. levels: {criterion: Level}, empty when the work is marked as a whole."""

    outcome: Outcome
    feedback: str
    levels: Mapping[Criterion, Level]

    @property
    def score(self) -> float | None:
        """The share of what the criteria can give, 0–1; None without criteria."""
        if not self.levels:
            return None
        return sum(self.levels.values()) / (len(self.levels) * Level.MET)


def holder(row: Submission, now: dt.datetime) -> Any:
    """Who is marking it now; None when it is free."""
    if row.claimed_at is None or row.claimed_at <= now - CLAIM:
        return None
    return row.claimed_by


def _held(submission: Submission) -> Submission:
    """The row as it is, held until the end of the transaction."""
    lock(submission.enrolment_id)
    return Submission.objects.select_related("enrolment__version", "unit", "claimed_by").get(
        pk=submission.pk
    )


def _check_free(row: Submission, by: Any, now: dt.datetime) -> None:
    if not row.waits:
        raise CannotMark(
            _("Its author took this work back.")
            if row.is_draft
            else _("Somebody marked this work meanwhile.")
        )
    if row.enrolment.user_id == by.pk:
        raise CannotMark(_("Nobody marks their own work."))
    other = holder(row, now)
    if other is not None and other != by:
        raise CannotMark(_("%(person)s is marking this work.") % {"person": other})


@transaction.atomic
def claim(submission: Submission, *, by: Any) -> Submission:
    """Take a work, so that nobody else marks it meanwhile. Raises CannotMark."""
    now = timezone.now()
    row = _held(submission)
    _check_free(row, by, now)
    row.claimed_by, row.claimed_at = by, now
    row.save(update_fields=["claimed_by", "claimed_at"])
    return row


@transaction.atomic
def release(submission: Submission, *, by: Any) -> None:
    """Give a work back to the others."""
    row = _held(submission)
    if row.claimed_by == by and row.marked_at is None:
        row.claimed_by = row.claimed_at = None
        row.save(update_fields=["claimed_by", "claimed_at"])


@transaction.atomic
def mark(submission: Submission, given: Mark, *, by: Any) -> Submission:
    """Mark a work, once: whoever comes second is told so. Raises CannotMark."""
    now = timezone.now()
    row = _held(submission)
    _check_free(row, by, now)
    terms = terms_for(row.enrolment, row.unit, place_of(row.enrolment, row.unit))
    if given.outcome == Outcome.REWORK and not terms.may_try(row.number + 1):
        raise CannotMark(_("No attempt is left: accept it, close it, or grant another attempt."))
    row.marked_by, row.marked_at = by, now
    row.outcome, row.score, row.feedback = given.outcome, given.score, given.feedback.strip()
    row.save()
    row.criteria.all().delete()
    CriterionMark.objects.bulk_create(
        CriterionMark(
            submission=row, criterion=uuid.UUID(each.id), label=each.label[:255], level=level
        )
        for each, level in given.levels.items()
    )
    write_event(row, SubmissionAct.MARKED, by, outcome=row.outcome, score=row.score)
    return row


def undone_until(row: Submission) -> dt.datetime | None:
    """Until when its mark may be undone; None when it is told, or not marked."""
    return row.marked_at + UNDO if row.marked_at and row.told_at is None else None


@transaction.atomic
def undo(submission: Submission, *, by: Any) -> Submission:
    """Take a mark back before its author is told; what it was stays in the history. Raises CannotMark."""
    row = _held(submission)
    if row.marked_at is None:
        return row
    if row.told_at is not None:
        raise CannotMark(_("The person was told meanwhile: this mark can no longer be undone."))
    if row.marked_by != by:
        raise CannotMark(_("Whoever marked a work undoes the mark."))
    write_event(row, SubmissionAct.UNDONE, by, outcome=row.outcome, score=row.score)
    row.marked_by = row.marked_at = None
    row.outcome = ""
    # The words and the criteria stay, for the mark that follows.
    row.claimed_by, row.claimed_at = by, timezone.now()
    row.save()
    return row


@transaction.atomic
def tell(submission: Submission, *, quietly: bool = False) -> Submission:
    """The mark counts from now on, and its author is told. Once, whoever asks.

    quietly: without a notification, for what is loaded and not lived (the demonstration).
    """
    row = _held(submission)
    if row.marked_at is None or row.told_at is not None:
        return row
    row.told_at, row.state = timezone.now(), SubmissionState(row.outcome)
    row.save(update_fields=["told_at", "state"])
    outcome = Outcome(row.outcome)
    write_event(row, SubmissionAct.TOLD, row.marked_by, outcome=row.outcome, score=row.score)
    # When the version that the person follows no longer holds the unit, they read the feedback all the same.
    with contextlib.suppress(record.CannotRecord):
        record.decide(
            row.enrolment,
            row.unit,
            done=outcome.ends,
            success=outcome == Outcome.ACCEPTED,
            score=row.score,
            by=row.marked_by,
        )
    if not quietly:
        _notify(row)
    return row


def _notify(row: Submission) -> None:
    outline = structure.read(row.enrolment.version)
    place = outline.find(str(row.unit.uuid))
    context = {
        "unit": place.title if place else outline.title,
        "path": outline.title,
        "outcome": row.outcome,
        "url": address_of(row),
    }
    notify("learning.feedback", [row.enrolment.user], context, key=f"learning.feedback:{row.uuid}")


def address_of(row: Submission) -> str:
    """Where its author reads it."""
    from django.urls import reverse

    return reverse("learning:unit", args=[row.enrolment.path.uuid, row.unit.uuid]) + "#devoir"


def tell_due(now: dt.datetime | None = None) -> int:
    """Tell the marks that may no longer be undone. Returns how many."""
    now = now or timezone.now()
    due = Submission.objects.filter(
        marked_at__lte=now - UNDO, told_at=None, enrolment__superseded=False
    ).exclude(enrolment__state=EnrolmentState.LEFT)
    rows = list(due.order_by("marked_at")[:500])
    for row in rows:
        tell(row)
    return len(rows)
