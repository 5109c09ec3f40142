"""What was answered, as far as it may be shown: sums of `Tally.objects.shown()`, and nothing else.

The recommend rate is the share of 8, 9 and 10 among the answers from 0 to 10.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum

from ..models import (
    Answer,
    Evaluation,
    EvaluationQuestion,
    Participation,
    Registration,
    Session,
    Tally,
    TrainingModulePage,
)
from .kinds import RECOMMENDS_FROM, THRESHOLD, EvaluationKind, QuestionType
from .services import PRESENT

RATED = Q(question__type=QuestionType.RECOMMEND)
HOT = Q(evaluation__kind=EvaluationKind.HOT)


@dataclass
class Rate:
    """How many of the answers recommend."""

    recommend: int
    answers: int

    @property
    def percent(self) -> float:
        return 100 * self.recommend / self.answers


@dataclass
class QuestionResult:
    """A question with what was answered: counts by value (see `Tally`)."""

    question: EvaluationQuestion
    answers: int = 0
    counts: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def average(self) -> float:
        total = sum(self.counts.values())
        return sum(value * count for value, count in self.counts.items()) / total

    @property
    def rate(self) -> Rate:
        high = sum(count for value, count in self.counts.items() if value >= RECOMMENDS_FROM)
        return Rate(high, self.answers)

    @property
    def right(self) -> float:
        """Share of right answers, in per cent."""
        return 100 * self.counts[1] / self.answers


@dataclass
class Results:
    """The answers to some evaluations of one kind. answered, asked: people, of the sessions counted."""

    kind: str
    questions: list[QuestionResult] = field(default_factory=list)
    answered: int = 0
    asked: int = 0

    def of_type(self, *types: str) -> list[QuestionResult]:
        return [row for row in self.questions if row.question.type in types]

    @property
    def response(self) -> float:
        """Share of those asked who answered, in per cent."""
        return 100 * self.answered / self.asked

    @property
    def rate(self) -> Rate | None:
        found = self.of_type(QuestionType.RECOMMEND)
        return found[0].rate if found else None


def tallies_of(sessions: QuerySet[Session]) -> QuerySet[Tally]:
    """What may be shown of these sessions."""
    return Tally.objects.shown().filter(evaluation__session__in=sessions)


def results_of(sessions: QuerySet[Session], kinds: list[str]) -> dict[str, Results]:
    """{kind: results} of these sessions: six queries, whatever their number."""
    rows = tallies_of(sessions).filter(evaluation__kind__in=kinds)
    sums = list(
        rows.order_by()
        .values_list("evaluation__kind", "question", "value")
        .annotate(total=Sum("count"))
    )
    asked = EvaluationQuestion.objects.filter(pk__in={pk for _kind, pk, _value, _total in sums})
    by_id = {row.pk: row for row in asked.prefetch_related("choices")}
    found = {kind: Results(kind) for kind in kinds}
    merged: dict[tuple[str, Any], QuestionResult] = {}
    # The latest version speaks for those before it.
    for kind, pk, value, total in sorted(sums, key=lambda row: -by_id[row[1]].version_id):
        question = by_id[pk]
        key = (kind, question.uuid)
        result = merged.setdefault(key, QuestionResult(question))
        if value == Tally.TOTAL:
            result.answers += total
        else:
            result.counts[_same_value(question, result.question, value)] += total
    for (kind, _uuid), result in sorted(merged.items(), key=lambda item: _rank(item[1])):
        found[kind].questions.append(result)
    _count_people(found, rows)
    return found


def _rank(result: QuestionResult) -> tuple[bool, int]:
    return result.question.type == QuestionType.KNOWLEDGE, result.question.order


def _same_value(old: EvaluationQuestion, latest: EvaluationQuestion, value: int) -> int:
    """The value that means the same in the latest version: choices are matched by their words."""
    if old.pk == latest.pk or old.type not in {QuestionType.SINGLE, QuestionType.MULTIPLE}:
        return value
    label = next((choice.label for choice in old.choices.all() if choice.order == value), "")
    orders = {choice.label: choice.order for choice in latest.choices.all()}
    return orders.get(label, -2)


def _count_people(found: dict[str, Results], rows: QuerySet[Tally]) -> None:
    """How many of those asked answered, in the evaluations that count."""
    counted = Evaluation.objects.filter(pk__in=rows.values("evaluation"))
    answered = Participation.objects.filter(evaluation__in=counted)
    for kind, number in answered.values_list("evaluation__kind").annotate(n=Count("pk")):
        found[kind].answered = number
    present = Registration.objects.filter(outcome__in=PRESENT).order_by()
    for kind in found:
        if kind != EvaluationKind.BEFORE and found[kind].answered:
            sessions = counted.filter(kind=kind).values("session")
            found[kind].asked = present.filter(session__in=sessions).count()


# -- Rates by something ---------------------------------------------------------------------------


@dataclass
class Group:
    """A module, a city, a trainer, and its rate. code: what the filter takes."""

    code: str
    label: str
    rate: Rate


def rates_by(sessions: QuerySet[Session], code: str, *labels: str, kind: str) -> list[Group]:
    """The recommend rate for each value of a path from the session, best known first: one query."""
    path = "evaluation__session__"
    rows = (
        tallies_of(sessions)
        .filter(RATED, evaluation__kind=kind)
        .filter(**{f"{path}{code}__isnull": False})
        .order_by()
        .values_list(f"{path}{code}", *(f"{path}{label}" for label in labels))
        .annotate(**_RATE)
    )
    groups = [
        Group(
            str(row[0]), " ".join(str(part) for part in row[1:-2] if part), Rate(row[-2], row[-1])
        )
        for row in rows
        if row[-1]
    ]
    return sorted(groups, key=lambda group: (-group.rate.percent, group.label))


_RATE: dict[str, Any] = {
    "recommend": Sum("count", filter=Q(value__gte=RECOMMENDS_FROM), default=0),
    "rated": Sum("count", filter=Q(value=Tally.TOTAL), default=0),
}


def rates_of(sessions: list[Session], kind: str) -> dict[int, Rate]:
    """{session: its rate} of those that have one."""
    rows = (
        Tally.objects.shown()
        .filter(RATED, evaluation__session__in=sessions, evaluation__kind=kind)
        .order_by()
        .values_list("evaluation__session")
        .annotate(**_RATE)
    )
    return {pk: Rate(recommend, answers) for pk, recommend, answers in rows if answers}


@dataclass
class Satisfaction:
    """The measured satisfaction of a module: over the sessions of this period."""

    rate: Rate
    first: dt.date
    last: dt.date
    is_fictitious: bool


def satisfaction_of(module: TrainingModulePage) -> Satisfaction | None:
    """The recommend rate of a module, pilot sessions apart. None under five answers. One query."""
    found = (
        Tally.objects.published()
        .filter(RATED, HOT)
        .filter(evaluation__session__module__translation_key=module.translation_key)
        .aggregate(
            **_RATE,
            first=Min("evaluation__session__first_starts_at"),
            last=Max("evaluation__session__last_ends_at"),
            invented=Count("pk", filter=Q(evaluation__session__is_fictitious=True)),
        )
    )
    if found["rated"] < THRESHOLD:
        return None
    rate = Rate(found["recommend"], found["rated"])
    return Satisfaction(rate, found["first"].date(), found["last"].date(), bool(found["invented"]))


# -- Knowledge ------------------------------------------------------------------------------------


@dataclass
class Progress:
    """Right answers before and after, in per cent of those who answered; both from five answers on."""

    label: str
    before: float
    after: float
    answers_before: int
    answers_after: int
    code: str = ""


def progress_by_question(before: Results, after: Results) -> list[Progress]:
    """Each question of knowledge that was answered enough both times."""
    known = {row.question.uuid: row for row in before.of_type(QuestionType.KNOWLEDGE)}
    return [
        Progress(row.question.text, known[row.question.uuid].right, row.right,
                 known[row.question.uuid].answers, row.answers)
        for row in after.of_type(QuestionType.KNOWLEDGE)
        if row.question.uuid in known
    ]  # fmt: skip


def progress_by_module(sessions: QuerySet[Session]) -> list[Progress]:
    """Each module whose questions of knowledge were answered enough both times: one query."""
    rows = (
        tallies_of(sessions)
        .filter(question__type=QuestionType.KNOWLEDGE)
        .order_by()
        .values_list(
            "evaluation__session__module__slug",
            "evaluation__session__module__title",
            "evaluation__kind",
        )
        .annotate(
            right=Sum("count", filter=Q(value=1), default=0),
            total=Sum("count", filter=Q(value=Tally.TOTAL), default=0),
        )
    )
    found: dict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    for slug, title, kind, right, total in rows:
        found[slug, title][kind] = (right, total)
    return [
        Progress(title, 100 * b[0] / b[1], 100 * a[0] / a[1], b[1], a[1], slug)
        for (slug, title), kinds in sorted(found.items(), key=lambda item: item[0][1])
        if (b := kinds.get(EvaluationKind.BEFORE)) and (a := kinds.get(EvaluationKind.CHECK))
    ]


# -- Texts ----------------------------------------------------------------------------------------


def texts_of(sessions: QuerySet[Session], kinds: list[str]) -> QuerySet[Answer]:
    """Free texts in an order that says nothing (their keys are random), of questions that count.

    A question of a session counts from five texts on, as anything else.
    """
    rows = tallies_of(sessions).filter(
        question__type=QuestionType.TEXT, evaluation__kind__in=kinds, value=Tally.TOTAL
    )
    return (
        Answer.objects.exclude(text="")
        .filter(
            sheet__evaluation__tallies__in=rows,
            sheet__evaluation__tallies__question=F("question"),
        )
        .select_related("question", "sheet__evaluation")
        .order_by("question__order", "question__uuid", "pk")
    )
