"""A corrected key: first what it would change, attempt by attempt; then, confirmed, the change itself.

Scores may be lowered here alone, by an event that names who confirmed it. What an attempt asked stays as
it was asked; `QuizItem.key` says whose key graded it since.
"""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ..models import (
    Enrolment,
    Question,
    QuestionVersion,
    QuizAttempt,
    QuizItem,
    Regrade,
    RegradedItem,
)
from ..paths import record
from ..rules import steers
from . import attempts, services, terms
from .content import Content, grade
from .kinds import AttemptState
from .rules import trained_enrolments

# A page that can be read, and a confirmation that does not outlast a request; then the next ones.
MOST = 300


class PlanChanged(ValidationError):
    """What would change is no longer what was shown."""


@dataclass(frozen=True)
class Change:
    """What the key in force gives for one answer."""

    item: QuizItem
    after: float
    attempt_after: float
    passed_before: bool | None
    passed_after: bool | None

    @property
    def attempt(self) -> QuizAttempt:
        return self.item.attempt

    @property
    def before(self) -> float:
        return self.item.score or 0.0

    @property
    def differs(self) -> bool:
        return abs(self.after - self.before) > 1e-9

    @property
    def lowers(self) -> bool:
        return self.after < self.before - 1e-9


@dataclass(frozen=True)
class Plan:
    """A dry run. more: whether others wait behind these."""

    version: QuestionVersion
    changes: tuple[Change, ...]
    more: bool = False

    @property
    def differing(self) -> list[Change]:
        return [change for change in self.changes if change.differs]

    @property
    def same(self) -> int:
        return len(self.changes) - len(self.differing)

    @property
    def digest(self) -> str:
        """Of what was shown: the confirmation bears it."""
        said = [(change.item.pk, change.before, change.after) for change in self.changes]
        return hashlib.sha256(repr((self.version.pk, said)).encode()).hexdigest()


def waiting(question: Question, enrolments: Any = None) -> Any:
    """Answers that were graded with another key than the one in force."""
    rows = QuizItem.objects.filter(question=question, attempt__state=AttemptState.CLOSED)
    rows = rows.exclude(Q(key=question.version_id) | Q(key=None, version=question.version_id))
    if enrolments is not None:
        rows = rows.filter(attempt__enrolment__in=enrolments.values("pk"))
    return rows


def plan(question: Question, user: Any) -> Plan:
    """What the key in force would change, among the attempts that this person may work with."""
    version = question.version
    if version is None:
        raise ValidationError(_("This question has no version yet."))
    rows = (
        waiting(question, trained_enrolments(user))
        .select_related("attempt__enrolment__user", "attempt__unit", "version")
        .order_by("-attempt__submitted_at", "pk")[: MOST + 1]
    )
    found = list(rows)
    key = version.read()
    siblings = _siblings(found[:MOST])
    changes = tuple(_change(item, key, siblings[item.attempt_id]) for item in found[:MOST])
    return Plan(version, changes, more=len(found) > MOST)


def _siblings(items: list[QuizItem]) -> dict[int, list[QuizItem]]:
    """{attempt: its items}, those given among them: one query."""
    own = {item.pk: item for item in items}
    found: dict[int, list[QuizItem]] = {item.attempt_id: [] for item in items}
    rows = QuizItem.objects.filter(attempt__in=found).select_related("version").order_by("order")
    for row in rows:
        found[row.attempt_id].append(own.get(row.pk, row))
    return found


def _change(item: QuizItem, key: Content, siblings: list[QuizItem]) -> Change:
    after = grade(key, item.response).score
    total = services.score_of(siblings, {item.pk: after})
    held = terms.of_attempt(item.attempt)
    return Change(item, after, total, held.passed(item.attempt.score), held.passed(total))


def apply(question: Question, digest: str, *, by: Any) -> Regrade:
    """Regrade what the dry run of this digest showed. Raises PlanChanged.

    The decision is kept first: what is handed in from now on finds it (`catch_up`). Then each attempt
    has its own transaction, so that an interruption loses nothing: the rest is still to be regraded.
    """
    shown = plan(question, by)
    if shown.digest != digest:
        raise PlanChanged(_("Something was answered or corrected meanwhile: read it again."))
    decision = Regrade.objects.create(
        question=question, version=shown.version, everyone=steers(by), by=by
    )
    for change in shown.changes:
        _regrade(change.item.pk, decision)
    if decision.everyone and not shown.more:
        # Handed in after the dry run and before the decision: neither of them saw it.
        for item_pk in list(waiting(question).values_list("pk", flat=True)):
            _regrade(item_pk, decision)
    return decision


@transaction.atomic
def _regrade(item_pk: int, decision: Regrade) -> None:
    """Grade one answer again and report the best attempt. Done already: nothing."""
    item = QuizItem.objects.select_related("attempt__unit").get(pk=item_pk)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=item.attempt.enrolment_id)
    attempt = QuizAttempt.objects.select_for_update(of=("self",)).get(pk=item.attempt_id)
    items = list(attempt.items.select_related("version").order_by("order"))
    [item] = [each for each in items if each.pk == item_pk]
    if attempt.state != AttemptState.CLOSED or item.key_id == decision.version_id:
        return
    before, attempt_before = item.score or 0.0, attempt.score or 0.0
    item.key = decision.version
    item.score = grade(decision.version.read(), item.response).score
    item.save(update_fields=["key", "score"])
    attempt.score = services.score_of(items)
    attempt.save(update_fields=["score"])
    if abs(item.score - before) <= 1e-9:
        return
    RegradedItem.objects.create(
        regrade=decision,
        item=item,
        before=before,
        after=item.score,
        attempt_before=attempt_before,
        attempt_after=attempt.score,
    )
    _report(enrolment, attempt, decision, item)


def _report(enrolment: Enrolment, attempt: QuizAttempt, decision: Regrade, item: QuizItem) -> None:
    """The best of the attempts in force, as an event with its author."""
    unit = attempt.unit
    counted = list(attempts.in_force(enrolment, unit).filter(state=AttemptState.CLOSED))
    if not counted:
        return
    best = max(each.score or 0.0 for each in counted)
    verdicts = [terms.of_attempt(each).passed(each.score) for each in counted]
    success = None if all(said is None for said in verdicts) else any(verdicts)
    event = uuid.uuid5(decision.uuid, str(item.pk))
    record.regrade(enrolment, unit, event, score=best, success=success, by=decision.by)


def catch_up(attempt: QuizAttempt) -> None:
    """Regrade what was handed in while a corrected key was being applied to everybody."""
    for item_pk, decision in _missed(attempt):
        _regrade(item_pk, decision)


def _missed(attempt: QuizAttempt) -> Iterator[tuple[int, Regrade]]:
    """Answers of an attempt whose question has a confirmed key newer than the one that graded them."""
    decisions = {
        row.question_id: row
        for row in Regrade.objects.filter(everyone=True, question__items__attempt=attempt)
        .select_related("version", "by")
        .order_by("at", "pk")
    }
    if not decisions:
        return
    items = attempt.items.filter(question__in=decisions).annotate(
        asked=F("version__number"), graded=F("key__number")
    )
    for item in items:
        decision = decisions[item.question_id]
        if decision.version.number > (item.graded or item.asked):
            yield item.pk, decision
