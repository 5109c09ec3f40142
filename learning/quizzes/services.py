"""Answering a quiz: starting, keeping each answer, handing in. The server alone knows what is right.

Whatever changes an attempt takes the row of the enrolment first, then that of the attempt, so that two
tabs, a page sent twice, the clock and a corrected key wait for each other.
"""

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Enrolment, QuizAttempt, QuizItem, Unit
from ..paths import completion, record, structure
from ..paths.kinds import EnrolmentState
from . import asking, attempts, terms, units
from .content import grade
from .kinds import AttemptState


class CannotAnswer(ValidationError):
    """The quiz cannot be started or answered; the message says why."""


class TimeIsOver(CannotAnswer):
    """The attempt is closed: what had been kept until then counts."""


# -- Starting --------------------------------------------------------------------------------------


@transaction.atomic
def start(
    enrolment: Enrolment, unit: Unit, value: Any, *, now: dt.datetime | None = None
) -> QuizAttempt:
    """A new attempt, or the one that is open. Two requests at once give one. Raises CannotAnswer.

    value: the block of the quiz, which says what is asked.
    """
    now = now or timezone.now()
    row = _enrolment(enrolment)
    place = _place(row, unit)
    if open_one := QuizAttempt.objects.filter(enrolment=row, unit=unit, state="open").first():
        if not is_over(open_one, now):
            return open_one
        _close(row, open_one, now, by_clock=True)
    held = terms.of_person(value, place, row, unit)
    if held.attempts and attempts.in_force(row, unit).count() >= held.attempts:
        raise CannotAnswer(_("You have no attempt left."))
    rng = random.SystemRandom()
    versions = units.drawn(value, rng, held.shuffle_questions)
    if not versions:
        raise CannotAnswer(_("This quiz has no question yet."))
    ends_at = now + dt.timedelta(minutes=held.minutes) if held.minutes else None
    attempt = QuizAttempt.objects.create(
        enrolment=row,
        unit=unit,
        number=QuizAttempt.objects.filter(enrolment=row, unit=unit).count() + 1,
        terms=held.as_json(),
        started_at=now,
        ends_at=ends_at,
    )
    QuizItem.objects.bulk_create(
        QuizItem(
            attempt=attempt,
            order=order,
            version=version,
            question_id=version.question_id,
            layout=asking.lay_out(version.read(), rng, shuffle=held.shuffle_choices),
        )
        for order, version in enumerate(versions, start=1)
    )
    record.record(row, unit, _event(attempt, "start"), record.Report(), now=now)
    return attempt


def _enrolment(enrolment: Enrolment) -> Enrolment:
    """The enrolment, which nobody else changes until the end of the transaction."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("version", "path")
    return rows.get(pk=enrolment.pk)


def _place(row: Enrolment, unit: Unit) -> structure.UnitOutline:
    """Where the unit stands in the version followed. Raises CannotAnswer while it is closed."""
    if row.superseded or row.state == EnrolmentState.LEFT:
        raise CannotAnswer(_("This enrolment is over."))
    outline = structure.read(row.version)
    place = outline.find(str(unit.uuid))
    if place is None:
        raise CannotAnswer(_("This unit is not in the version that the person follows."))
    progress = row.progress.filter(completed_at__isnull=False)
    done = {str(uuid): True for uuid in progress.values_list("unit__uuid", flat=True)}
    if unit.archived_at or not completion.is_open(outline, place, done, timezone.localdate()):
        raise CannotAnswer(_("This unit is not open yet."))
    return place


def is_over(attempt: QuizAttempt, now: dt.datetime) -> bool:
    """Whether the time of an attempt is over, with what is granted to the network."""
    return attempt.ends_at is not None and now > attempt.ends_at + terms.GRACE


# -- Keeping answers -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """What became of one answer. `conflict`: a newer one is kept, which the page did not know."""

    item: QuizItem
    conflict: bool = False


@dataclass(frozen=True)
class Sent:
    """Answers of a page: the fields of its form, and which revision of each question it saw."""

    fields: Mapping[str, Any]
    seen: Mapping[int, int] = field(default_factory=dict)
    # One for each change that a page makes: sent twice, it is one.
    key: uuid.UUID | None = None


def save(
    attempt: QuizAttempt, sent: Sent, orders: list[int] | None = None, *, now: Any = None
) -> list[Kept]:
    """Keep the answers to these questions (all by default). Raises CannotAnswer, TimeIsOver."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _locked(attempt)
        if row.state == AttemptState.OPEN and not is_over(row, now):
            return _save(row, sent, orders, now)
    close_if_over(attempt, now=now)
    raise TimeIsOver(_("This attempt is handed in: nothing more is kept."))


def _locked(attempt: QuizAttempt) -> QuizAttempt:
    return QuizAttempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)


def _save(
    attempt: QuizAttempt, sent: Sent, orders: list[int] | None, now: dt.datetime
) -> list[Kept]:
    items = attempt.items.select_related("version").order_by("order")
    if orders is not None:
        items = items.filter(order__in=orders)
    return [_save_item(item, sent, now) for item in items]


def _save_item(item: QuizItem, sent: Sent, now: dt.datetime) -> Kept:
    """Keep one answer. The same again changes nothing; a page that is behind does not overwrite."""
    response = asking.read(item.version.read(), item.layout, sent.fields, item.order)
    same_act = sent.key is not None and item.saved_by == sent.key
    if same_act or response == item.response:
        return Kept(item)
    seen = sent.seen.get(item.order)
    if seen is not None and seen < item.revision:
        return Kept(item, conflict=True)
    item.response, item.saved_at, item.saved_by = response, now, sent.key
    item.revision += 1
    item.save(update_fields=["response", "saved_at", "saved_by", "revision"])
    return Kept(item)


# -- Handing in ------------------------------------------------------------------------------------


def submit(
    attempt: QuizAttempt, sent: Sent | None = None, *, now: dt.datetime | None = None
) -> tuple[QuizAttempt, list[Kept]]:
    """Keep what is sent, grade everything, report it. Handed in already: left as it is.

    When a newer answer from another tab is kept, nothing is handed in: the conflicts are returned.
    """
    now = now or timezone.now()
    kept: list[Kept] = []
    with transaction.atomic():
        row = _enrolment(attempt.enrolment)
        held = _locked(attempt)
        if held.state == AttemptState.CLOSED:
            return held, []
        late = is_over(held, now)
        if sent is not None and not late:
            kept = [each for each in _save(held, sent, None, now) if each.conflict]
            if kept:
                return held, kept
        _close(row, held, now, by_clock=late)
    _take_corrections(held)
    return held, []


def close_if_over(attempt: QuizAttempt, *, now: dt.datetime | None = None) -> bool:
    """Close an attempt whose time is over, with what was kept."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _enrolment(attempt.enrolment)
        held = _locked(attempt)
        if held.state == AttemptState.CLOSED or not is_over(held, now):
            return False
        _close(row, held, now, by_clock=True)
    _take_corrections(held)
    return True


def _close(enrolment: Enrolment, attempt: QuizAttempt, now: dt.datetime, *, by_clock: bool) -> None:
    """Grade and report, in the transaction that holds both rows."""
    items = list(attempt.items.select_related("version").order_by("order"))
    for item in items:
        item.score = grade(item.version.read(), item.response).score
    QuizItem.objects.bulk_update(items, ["score"])
    attempt.score = score_of(items)
    attempt.state = AttemptState.CLOSED
    attempt.submitted_at = min(now, attempt.ends_at) if by_clock and attempt.ends_at else now
    attempt.by_clock = by_clock
    attempt.save(update_fields=["score", "state", "submitted_at", "by_clock"])
    passed = terms.of_attempt(attempt).passed(attempt.score)
    said = record.Report(score=attempt.score, success=passed)
    if enrolment.superseded or enrolment.state == EnrolmentState.LEFT:
        return
    if structure.read(enrolment.version).find(str(attempt.unit.uuid)) is not None:
        record.record(enrolment, attempt.unit, _event(attempt, "submit"), said, now=now)


def score_of(items: list[QuizItem], scores: Mapping[int, float] | None = None) -> float:
    """The score of an attempt: that of its questions, each weighing its points. 0–1.

    scores: {primary key of an item: another score}, to see what it would give.
    """
    weights = [(float(item.version.content.get("grade", 1.0)), item) for item in items]
    total = sum(weight for weight, _item in weights)
    held = sum(
        weight * ((scores or {}).get(item.pk, item.score) or 0.0) for weight, item in weights
    )
    return min(1.0, round(held / total, 9)) if total else 0.0


def _event(attempt: QuizAttempt, act: str) -> uuid.UUID:
    return uuid.uuid5(attempt.uuid, act)


def _take_corrections(attempt: QuizAttempt) -> None:
    """A key that was corrected meanwhile holds for this attempt too."""
    from .regrade import catch_up

    catch_up(attempt)


def close_overdue(now: dt.datetime | None = None) -> int:
    """What the clock does each minute. Returns how many attempts it closed."""
    now = now or timezone.now()
    late = QuizAttempt.objects.filter(state=AttemptState.OPEN, ends_at__lt=now - terms.GRACE)
    rows = late.select_related("enrolment", "unit").order_by("ends_at")[:500]
    return sum(close_if_over(attempt, now=now) for attempt in rows)
