"""The terms of a quiz: those of its unit, and what was granted to one person."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any

from ..enrolling.overrides import terms_for
from ..models import Enrolment, QuizAttempt, Unit, UnitPage
from ..paths.kinds import CompletionRule
from ..paths.structure import UnitOutline
from .kinds import ShowWhen

# What is sent at the last second may arrive a little later.
GRACE = dt.timedelta(seconds=20)


@dataclass(frozen=True)
class Terms:
    """attempts: how many, 0 for as many as one likes. minutes: time limit, 0 for none.

    passing: the pass mark, 0–1, None where there is nothing to pass.
    """

    attempts: int = 0
    minutes: int = 0
    passing: float | None = None
    shuffle_questions: bool = True
    shuffle_choices: bool = True
    feedback: str = ShowWhen.EACH
    answers: str = ShowWhen.END

    def passed(self, score: float | None) -> bool | None:
        """Whether a score passes; None where there is nothing to pass."""
        if self.passing is None or score is None:
            return None
        return score >= self.passing - 1e-9

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def of_attempt(attempt: QuizAttempt) -> Terms:
    """The terms on which an attempt was started."""
    known = {each.name for each in fields(Terms)}
    return Terms(**{name: said for name, said in attempt.terms.items() if name in known})


def of_unit(value: Any, place: UnitOutline | UnitPage) -> Terms:
    """The terms of everybody: those of the block, with the pass mark of the path's version (or draft)."""
    passing = place.threshold / 100 if place.rule == CompletionRule.SCORE else None
    return Terms(
        attempts=value["attempts"] or 0,
        minutes=value["minutes"] or 0,
        passing=passing,
        shuffle_questions=value["shuffle_questions"],
        shuffle_choices=value["shuffle_choices"],
        feedback=value["feedback"],
        answers=value["answers"],
    )


def of_person(value: Any, place: UnitOutline | UnitPage, enrolment: Enrolment, unit: Unit) -> Terms:
    """Those of everybody, with the attempts and minutes granted to this person."""
    terms, own = of_unit(value, place), terms_for(enrolment, unit)
    said = terms.as_json()
    if own.attempts is not None and terms.attempts:
        said["attempts"] = own.attempts
    if terms.minutes:
        said["minutes"] = terms.minutes + own.extra_minutes
    return Terms(**said)


def shows(terms: Terms, when: str, *, over: bool) -> bool:
    """Whether something of a review is shown now. over: passed, or no attempt is left."""
    return when == ShowWhen.EACH or (when == ShowWhen.END and over)
