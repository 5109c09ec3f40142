"""Where answers are put. Like a ballot box: who voted is on a list, and the box is shaken.

An anonymous sheet holds neither person nor date. Yet rows keep the order in which they were written (an
identifier that counts, SQLite's rowid, PostgreSQL's ctid and xmin), and the list of who answered is
written in the same order: the first sheet would be that of the first person. So each new sheet has all
those of its evaluation written anew, in a random order and under new keys.
"""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models.evaluations import (
    Answer,
    AnswerSheet,
    Evaluation,
    EvaluationQuestion,
    Participation,
    Tally,
)
from ..models.registrations import Registration
from .kinds import QuestionType
from .services import end_when_complete

_random = random.SystemRandom()


class AlreadyAnswered(Exception):
    """This person has answered; what they sent first counts."""


class Closed(Exception):
    """The evaluation takes no more answers."""


@dataclass
class Given:
    """What somebody answers to one question. choices: their primary keys."""

    question: EvaluationQuestion
    number: int | None = None
    text: str = ""
    choices: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.number is None and not self.text and not self.choices

    @property
    def is_right(self) -> bool | None:
        if self.question.type != QuestionType.KNOWLEDGE:
            return None
        right = {choice.pk for choice in self.question.choices.all() if choice.is_right}
        return set(self.choices) == right


def put(
    evaluation: Evaluation,
    registration: Registration,
    given: Iterable[Given],
    *,
    now: dt.datetime | None = None,
) -> None:
    """Take what somebody answers, once. Raises AlreadyAnswered or Closed, and then changes nothing."""
    put_together(evaluation, [(registration, given)], now=now)


@transaction.atomic
def put_together(
    evaluation: Evaluation,
    ballots: Iterable[tuple[Registration, Iterable[Given]]],
    *,
    now: dt.datetime | None = None,
) -> None:
    """The same for several people whose answers are at hand together: the box is shaken once.

    The evaluation's row is held meanwhile: two answers of one session wait for each other.
    """
    now = now or timezone.now()
    held = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("session")
        .get(pk=evaluation.pk)
    )
    answers = {registration: _plainly(given) for registration, given in ballots}
    if Participation.objects.filter(evaluation=held, registration__in=answers).exists():
        raise AlreadyAnswered
    if not held.is_open(now):
        raise Closed
    day = timezone.localdate(now)
    Participation.objects.bulk_create(
        Participation(evaluation=held, registration=registration, on=day)
        for registration in answers
    )
    if held.anonymous:
        sheets = [*taken_out(held), *answers.values()]
        _random.shuffle(sheets)
        for sheet in sheets:
            _write(held, sheet, None)
    else:
        for registration, sheet in answers.items():
            _write(held, sheet, registration)
    count(held)
    end_when_complete(held, now)


def _plainly(given: Iterable[Given]) -> list[dict[str, Any]]:
    return [_plain(row) for row in given if not row.is_empty or row.is_right is not None]


def _plain(row: Given) -> dict[str, Any]:
    return {
        "question_id": row.question.pk,
        "number": row.number,
        "text": row.text,
        "is_right": row.is_right,
        "choices": list(row.choices),
    }


def taken_out(evaluation: Evaluation) -> list[list[dict[str, Any]]]:
    """The sheets of an anonymous evaluation as plain values, taken out of the database."""
    sheets = AnswerSheet.objects.filter(evaluation=evaluation)
    answers = Answer.objects.filter(sheet__in=sheets)
    chosen: dict[uuid.UUID, list[int]] = {}
    through = Answer.choices.through.objects.filter(answer__sheet__evaluation=evaluation)
    for answer_id, choice_id in through.values_list("answer", "evaluationchoice"):
        chosen.setdefault(answer_id, []).append(choice_id)
    found: dict[uuid.UUID, list[dict[str, Any]]] = {
        pk: [] for pk in sheets.values_list("pk", flat=True)
    }
    for row in answers.values("pk", "sheet_id", "question_id", "number", "text", "is_right"):
        sheet = found[row.pop("sheet_id")]
        row["choices"] = chosen.get(row.pop("pk"), [])
        sheet.append(row)
    sheets.delete()
    return list(found.values())


def _write(
    evaluation: Evaluation, rows: list[dict[str, Any]], registration: Registration | None
) -> None:
    sheet = AnswerSheet.objects.create(evaluation=evaluation, registration=registration)
    links = []
    answers = []
    through = Answer.choices.through
    for row in rows:
        plain = {name: value for name, value in row.items() if name != "choices"}
        answer = Answer(sheet=sheet, **plain)
        answers.append(answer)
        links += [through(answer_id=answer.pk, evaluationchoice_id=pk) for pk in row["choices"]]
    Answer.objects.bulk_create(answers)
    through.objects.bulk_create(links)


def count(evaluation: Evaluation) -> None:
    """Count the answers of an evaluation again. Results read nothing else, but free texts."""
    counts: dict[int, Counter[int]] = {}
    answers = Answer.objects.filter(sheet__evaluation=evaluation)
    for row in answers.values_list("pk", "question", "question__type", "number", "is_right"):
        _pk, question, kind, number, is_right = row
        counter = counts.setdefault(question, Counter())
        counter[Tally.TOTAL] += 1
        if kind == QuestionType.KNOWLEDGE:
            counter[int(bool(is_right))] += 1
        elif number is not None:
            counter[number] += 1
    chosen = Answer.choices.through.objects.filter(answer__sheet__evaluation=evaluation)
    chosen = chosen.exclude(answer__question__type=QuestionType.KNOWLEDGE)
    for question, order in chosen.values_list("answer__question", "evaluationchoice__order"):
        counts[question][order] += 1
    Tally.objects.filter(evaluation=evaluation).delete()
    Tally.objects.bulk_create(
        Tally(
            evaluation=evaluation,
            question_id=question,
            value=value,
            count=number,
            answers=counter[Tally.TOTAL],
        )
        for question, counter in counts.items()
        for value, number in counter.items()
    )
