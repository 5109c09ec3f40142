"""What somebody is asked, and what they see once they have answered."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.http import Http404
from django.utils import timezone

from ..kinds import RegistrationState
from ..models import (
    Answer,
    AnswerSheet,
    Evaluation,
    EvaluationQuestion,
    Participation,
    Registration,
)
from .kinds import EvaluationKind, QuestionType
from .services import PRESENT
from .versions import questions_of


@dataclass
class Asked:
    """An evaluation as one person sees it."""

    evaluation: Evaluation
    registration: Registration
    answered: bool


def _concerns(user: Any) -> Q:
    """Evaluations that concern somebody: before, of sessions they are registered for; after, attended."""
    mine = Registration.objects.filter(user=user)
    before = mine.filter(state=RegistrationState.CONFIRMED).values("session")
    return _of_sessions(before, mine.filter(outcome__in=PRESENT).values("session"))


def _of(held: list[Registration]) -> Q | None:
    """The same of registrations that were read; None when there is none to be asked about."""
    before = [row.session_id for row in held if row.state == RegistrationState.CONFIRMED]
    after = [row.session_id for row in held if row.outcome in PRESENT]
    return _of_sessions(before, after) if before or after else None


def _of_sessions(before: Any, after: Any) -> Q:
    is_before = Q(kind=EvaluationKind.BEFORE)
    return (is_before & Q(session__in=before)) | (~is_before & Q(session__in=after))


def asked(user: Any, uuid: Any) -> Asked:
    """That evaluation, when it concerns this person; else it does not exist (404)."""
    evaluation = (
        Evaluation.objects.filter(_concerns(user), uuid=uuid)
        .select_related("session__module", "session__commune__department")
        .first()
    )
    if evaluation is None or evaluation.opens_at > timezone.now():
        raise Http404
    answered = Participation.objects.filter(registration=OuterRef("pk"), evaluation=evaluation)
    rows = Registration.objects.annotate(answered=Exists(answered))
    row = rows.get(session=evaluation.session_id, user=user)
    return Asked(evaluation, row, row.answered)


def to_answer(
    user: Any, now: dt.datetime | None = None, held: list[Registration] | None = None
) -> list[Evaluation]:
    """What awaits an answer of theirs, what closes first before: one query when there is nothing.

    held: their registrations, when the caller has read them; none is asked for when they came to none.
    """
    concerns = _concerns(user) if held is None else _of(held)
    if concerns is None:
        return []
    answered = Q(participations__registration__user=user)
    rows = list(Evaluation.objects.open(now).filter(concerns).exclude(answered))
    known = {row.session_id: row.session for row in held or ()}
    for row in rows:
        if row.session_id in known:
            row.session = known[row.session_id]
    prefetch_related_objects(rows, "session__module", "session__commune__department")
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(rows, key=lambda row: (row.until or far, row.pk))


def next_of(asked: Asked) -> Evaluation | None:
    """What the same session still asks of this person."""
    user = asked.registration.user
    rows = to_answer(user)
    return next((row for row in rows if row.session_id == asked.evaluation.session_id), None)


# -- What was right -------------------------------------------------------------------------------


@dataclass
class Corrected:
    """A question of knowledge after the session. before, after: whether one was right, None if not asked."""

    question: EvaluationQuestion
    right: list[str]
    before: bool | None = None
    after: bool | None = None
    chosen: list[str] = field(default_factory=list)


def corrected(asked: Asked) -> list[Corrected]:
    """What was right and why, once somebody has answered the check after a session."""
    if asked.evaluation.kind != EvaluationKind.CHECK or not asked.answered:
        return []
    rows = {
        question.uuid: Corrected(
            question, [choice.label for choice in question.choices.all() if choice.is_right]
        )
        for question in questions_of(asked.evaluation)
    }
    sheets = AnswerSheet.objects.filter(registration=asked.registration)
    answers = Answer.objects.filter(
        sheet__in=sheets, question__uuid__in=rows, question__type=QuestionType.KNOWLEDGE
    )
    for answer in answers.select_related("question", "sheet__evaluation").prefetch_related(
        "choices"
    ):
        row = rows[answer.question.uuid]
        if answer.sheet.evaluation.kind == EvaluationKind.BEFORE:
            row.before = answer.is_right
        elif answer.sheet.evaluation_id == asked.evaluation.pk:
            row.after = answer.is_right
            row.chosen = [choice.label for choice in answer.choices.all()]
    return list(rows.values())
