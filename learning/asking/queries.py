"""Questions: under a unit for whoever learns, and in one list for whoever answers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from ..models import Cohort, Enrolment, UnitAnswer, UnitQuestion
from ..paths.reading import names_of


def _with_answers(rows: QuerySet[UnitQuestion]) -> QuerySet[UnitQuestion]:
    answers = UnitAnswer.objects.select_related("author").order_by("at", "pk")
    return rows.prefetch_related(Prefetch("answers", answers))


@dataclass
class UnderUnit:
    """What somebody reads of questions under a unit. Those of others bear no name."""

    mine: list[UnitQuestion]
    shared: list[UnitQuestion]


def under_unit(enrolment: Enrolment, unit: int | None) -> UnderUnit:
    """unit: its primary key. Two queries, one where nothing was asked."""
    rows = UnitQuestion.objects.read_with(enrolment).filter(unit=unit)
    rows = rows.annotate(asked_by=F("enrolment__user")).order_by("-asked_at", "-pk")
    mine, shared = [], []
    for row in _with_answers(rows)[:30]:
        own = row.asked_by == enrolment.user_id  # type: ignore[attr-defined]
        (mine if own else shared).append(row)
    return UnderUnit(mine, shared)


def to_answer(user: Any, cohort: Cohort | None = None) -> QuerySet[UnitQuestion]:
    """Those without answer first, the oldest before; then the last answered."""
    rows = UnitQuestion.objects.to_answer(user)
    if cohort is not None:
        rows = rows.filter(enrolment__cohort=cohort)
    return rows.order_by(F("waits_since").asc(nulls_last=True), "-answered_at", "-pk")


@dataclass
class Line:
    question: UnitQuestion
    unit: str


def lines(rows: Any) -> list[Line]:
    questions = list(rows)
    named = names_of({row.unit.uuid for row in questions}) if questions else {}
    return [Line(row, named.get(str(row.unit.uuid), "")) for row in questions]


def shown(rows: QuerySet[UnitQuestion]) -> QuerySet[UnitQuestion]:
    return rows.select_related("unit", "enrolment__user", "enrolment__cohort")


def whole(rows: QuerySet[UnitQuestion]) -> QuerySet[UnitQuestion]:
    """A question with all that was said."""
    return _with_answers(shown(rows).select_related("enrolment__path"))
