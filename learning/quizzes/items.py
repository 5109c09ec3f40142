"""How questions behave: how many find the right answer, and whether those who know the rest know it too.

Read by the trainer's page of a quiz and by `learning.following`. The first attempt of each person
counts, so that what was learnt from the review does not. Under five people nothing is said.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ..models import Question, QuizAttempt, QuizItem, Unit
from . import pictured
from .content import Content, Matching, Multiple, Numeric, Ordering, Short, Single, TrueFalse
from .kinds import AttemptState

THRESHOLD = 5
# The last people who answered: enough to judge a question, whatever the number of agents.
MOST = 2_000
# A written answer is shown when as many people gave it: alone it could tell who.
MOST_ALIKE = 3
# Below these a question is worth reading again.
HARD, EASY, UNSURE = 0.3, 0.95, 0.15


@dataclass(frozen=True)
class ItemFigures:
    """A question in a quiz.

    n: people who were asked. facility: mean score, 0–1. discrimination: correlation, −1 to 1, of its
    score with that of the rest of the attempt. wrong: the wrong answer given most, and by what share
    of them. Under five people all but n is None or empty.
    """

    question: Question
    text: str
    n: int
    facility: float | None = None
    discrimination: float | None = None
    wrong: str = ""
    wrong_share: float | None = None
    waiting: int = 0

    @property
    def doubt(self) -> str:
        """Why to read the question again: "key", "hard", "easy", or nothing."""
        if self.facility is None:
            return ""
        if self.discrimination is not None and self.discrimination < 0:
            return "key"
        if self.facility < HARD:
            return "hard"
        return "easy" if self.facility > EASY else ""


def figures(unit: Unit, enrolments: Any = None) -> list[ItemFigures]:
    """Each question of a quiz that somebody answered, the hardest first. Three queries.

    enrolments: those that the reader may count; all by default.
    """
    rows = _rows(unit, enrolments)
    totals: dict[int, float] = {}
    for attempt, _question, weight, score, _response in rows:
        totals[attempt] = totals.get(attempt, 0.0) + weight * score
    by_question: dict[int, list[tuple[float, float, Any]]] = {}
    for attempt, question, weight, score, response in rows:
        rest = totals[attempt] - weight * score
        by_question.setdefault(question, []).append((score, rest, response))
    questions = Question.objects.select_related("version", "theme").in_bulk(by_question)
    found = [_figures(questions[pk], answers) for pk, answers in by_question.items()]
    return sorted(found, key=lambda each: (each.facility is None, each.facility or 0.0, -each.n))


def answered(enrolments: Any) -> dict[str, int]:
    """{unit: how many of these people handed in its quiz}: one query."""
    closed = QuizAttempt.objects.filter(
        state=AttemptState.CLOSED, enrolment__in=enrolments.values("pk")
    )
    counts = closed.order_by().values_list("unit__uuid")
    counts = counts.annotate(n=Count("enrolment", distinct=True))
    return {str(unit): n for unit, n in counts}


def _rows(unit: Unit, enrolments: Any) -> list[tuple[int, int, float, float, Any]]:
    """(attempt, question, points, score, response) of the first attempts, the last of them first."""
    closed = QuizAttempt.objects.filter(unit=unit, state=AttemptState.CLOSED)
    if enrolments is not None:
        closed = closed.filter(enrolment__in=enrolments.values("pk"))
    first = QuizAttempt.objects.filter(
        unit=unit, state=AttemptState.CLOSED, enrolment=OuterRef("enrolment")
    ).order_by("number")
    ids = list(
        closed.filter(pk=Subquery(first.values("pk")[:1]))
        .order_by("-submitted_at")
        .values_list("pk", flat=True)[:MOST]
    )
    rows = QuizItem.objects.filter(attempt__in=ids).values_list(
        "attempt_id", "question_id", "version__content__grade", "score", "response"
    )
    return [
        (attempt, question, float(weight or 1.0), score or 0.0, response)
        for attempt, question, weight, score, response in rows
    ]


def _figures(question: Question, answers: Sequence[tuple[float, float, Any]]) -> ItemFigures:
    n = len(answers)
    if n < THRESHOLD or question.version is None:
        return ItemFigures(question, question.text, n)
    wrong, share = _most_wrong(question.version.read(), [response for *_s, response in answers])
    return ItemFigures(
        question=question,
        text=question.text,
        n=n,
        facility=sum(score for score, _rest, _response in answers) / n,
        discrimination=correlation([(score, rest) for score, rest, _response in answers]),
        wrong=wrong,
        wrong_share=share,
    )


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's, between −1 and 1; None where one side never varies."""
    n = len(pairs)
    mean_a, mean_b = (math.fsum(pair[side] for pair in pairs) / n for side in (0, 1))
    both = math.fsum((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = [
        math.fsum((pair[side] - mean) ** 2 for pair in pairs)
        for side, mean in ((0, mean_a), (1, mean_b))
    ]
    if min(spread) < 1e-12:
        return None
    return max(-1.0, min(1.0, both / math.sqrt(spread[0] * spread[1])))


def _most_wrong(content: Content, responses: Sequence[Any]) -> tuple[str, float | None]:
    """The wrong answer given most, as people read it, and the share who gave it."""
    given = Counter(
        said for response in responses for said in _wrong(content, content.tidy(response))
    )
    if not given:
        return "", None
    said, count = min(given.items(), key=lambda pair: (-pair[1], pair[0]))
    if isinstance(content, Short | Numeric) and count < MOST_ALIKE:
        return "", None
    return said, count / len(responses)


def _wrong(content: Content, response: Any) -> list[str]:
    """What of one response is wrong, each part in words."""
    if response is None:
        return []
    if isinstance(content, Single | Multiple):
        chosen = [response] if isinstance(response, str) else response
        wrong = [choice for choice in content.choices if choice.fraction <= 0]
        return [_plain(choice.text) for choice in wrong if choice.id in chosen]
    if isinstance(content, Matching):
        options = {option.id: option.text for option in content.options}
        return [
            f"{_plain(pair.text)} → {_plain(options[response[pair.id]])}"
            for pair in content.pairs
            if pair.id in response and response[pair.id] != pair.option
        ]
    score, _parts = content.mark(response)
    if score > 0 and not isinstance(content, Ordering):
        return []
    if isinstance(content, TrueFalse):
        return [_truth(response)]
    if isinstance(content, Ordering):
        texts = {item.id: _plain(item.text) for item in content.items}
        first = response[0]
        return [] if first == content.items[0].id else [f"1. {texts[first]}"]
    return [str(response).casefold()[:80]]


def _truth(response: str) -> str:
    return _("True") if response == "true" else _("False")


def _plain(html: str) -> str:
    return unescape(strip_tags(pictured.plain(html)))
