"""What changes a question to the trainer: asked, answered, shared, taken back."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.notify import notify

from ..models import Enrolment, Unit, UnitAnswer, UnitQuestion
from ..paths import structure

# Taken back, a question comes back for so long.
KEEP_WITHDRAWN = dt.timedelta(days=30)


class CannotAnswer(ValidationError):
    """The question cannot be answered or shared; the message says why."""


def _sent_elsewhere() -> CannotAnswer:
    """The identifier of a form belongs to what somebody else, or another form, sent."""
    return CannotAnswer(_("This form was already sent: open the page again."))


def ask(
    enrolment: Enrolment, unit: Unit, text: str, *, key: uuid.UUID, may_be_shared: bool
) -> UnitQuestion:
    """Ask the trainers of one's cohort. Sent twice with one `key`, it is one question. Raises CannotAnswer."""
    now = timezone.now()
    known = UnitQuestion.objects.filter(uuid=key, enrolment__user=enrolment.user_id)
    if found := known.first():
        return found
    try:
        with transaction.atomic():
            return UnitQuestion.objects.create(
                uuid=key,
                enrolment=enrolment,
                unit=unit,
                text=text,
                asked_at=now,
                waits_since=now,
                may_be_shared=may_be_shared,
            )
    except IntegrityError:
        if found := known.first():
            return found
        raise _sent_elsewhere() from None


def lock(question: UnitQuestion) -> UnitQuestion:
    """The row as it is, which nobody else changes until the end of the transaction."""
    UnitQuestion.objects.select_for_update().get(pk=question.pk)
    rows = UnitQuestion.objects.select_related("enrolment__user", "enrolment__path", "unit")
    return rows.select_related("enrolment__version").get(pk=question.pk)


@transaction.atomic
def answer(
    question: UnitQuestion,
    text: str,
    *,
    by: Any,
    key: uuid.UUID,
    share: bool = False,
    quietly: bool = False,
) -> UnitAnswer:
    """Say something more: a trainer answers, or whoever asked goes on. Sent twice, it is once.

    share: let the cohort read it, where its author agreed. quietly: without a notification, for the
    demonstration. Raises CannotAnswer.
    """
    row = lock(question)
    if found := UnitAnswer.objects.filter(uuid=key, question=row, author=by).first():
        return found
    if row.withdrawn_at is not None:
        raise CannotAnswer(_("Its author took this question back."))
    if UnitAnswer.objects.filter(uuid=key).exists():
        raise _sent_elsewhere()
    now = timezone.now()
    trainer = row.enrolment.user_id != by.pk
    said = UnitAnswer.objects.create(
        uuid=key, question=row, author=by, from_trainer=trainer, text=text, at=now
    )
    if trainer:
        row.waits_since, row.answered_at = None, now
        if share and row.may_be_shared:
            row.shared_at = row.shared_at or now
        if not quietly:
            _tell(row, said)
    elif row.waits_since is None:
        row.waits_since = now
    row.save()
    return said


def _tell(row: UnitQuestion, said: UnitAnswer) -> None:
    outline = structure.read(row.enrolment.version)
    place = outline.find(str(row.unit.uuid))
    address = reverse("learning:unit", args=[row.enrolment.path.uuid, row.unit.uuid])
    context = {"unit": place.title if place else outline.title, "url": f"{address}#question"}
    notify("learning.answer", [row.enrolment.user], context, key=f"learning.answer:{said.uuid}")


@transaction.atomic
def share(question: UnitQuestion, shared: bool) -> UnitQuestion:
    """Let the cohort read a question that is answered, or no longer. Raises CannotAnswer."""
    row = lock(question)
    if shared and not row.may_be_shared:
        raise CannotAnswer(_("Its author did not agree to share it."))
    if shared and row.answered_at is None:
        raise CannotAnswer(_("Answer it first."))
    row.shared_at = (row.shared_at or timezone.now()) if shared else None
    row.save(update_fields=["shared_at"])
    return row


@transaction.atomic
def agree(question: UnitQuestion, agreed: bool) -> UnitQuestion:
    """Its author lets the cohort read it, or no longer: then at once nobody does."""
    row = lock(question)
    row.may_be_shared = agreed
    if not agreed:
        row.shared_at = None
    row.save(update_fields=["may_be_shared", "shared_at"])
    return row


def withdraw(question: UnitQuestion) -> None:
    UnitQuestion.objects.filter(pk=question.pk).update(withdrawn_at=timezone.now())


def restore(question: UnitQuestion) -> None:
    UnitQuestion.objects.filter(pk=question.pk).update(withdrawn_at=None)


def purge(now: dt.datetime) -> int:
    return UnitQuestion.objects.filter(withdrawn_at__lt=now - KEEP_WITHDRAWN).delete()[0]
