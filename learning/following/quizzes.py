"""What quizzes say of attempts, and the questions of a cohort's quizzes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from ..models import EnrolmentAct, ProgressEvent, QuizAttempt
from ..paths.kinds import ProgressAct
from ..quizzes.kinds import AttemptState
from ..quizzes.terms import of_attempt
from . import attempts
from .attempts import Key, Tries


@attempts.register
def of_quizzes(enrolments: list[int]) -> Iterator[Tries]:
    """Failed attempts at each quiz since it was last started again, and how many are left.

    Three queries, whatever the number of people.
    """
    rows = QuizAttempt.objects.filter(enrolment__in=enrolments).order_by("number")
    tried: dict[Key, list[QuizAttempt]] = defaultdict(list)
    anew = _resets(enrolments)
    for row in rows:
        key = row.enrolment_id, row.unit_id
        if key not in anew or row.started_at >= anew[key]:
            tried[key].append(row)
    granted = _granted(enrolments)
    for (enrolment, unit), each in tried.items():
        terms = of_attempt(each[-1])
        allowed = granted.get((enrolment, unit)) or granted.get((enrolment, None)) or terms.attempts
        failed = [
            row.submitted_at
            for row in each
            if row.state == AttemptState.CLOSED
            and row.submitted_at is not None
            and of_attempt(row).passed(row.score) is False
        ]
        left = max(0, allowed - len(each)) if allowed else None
        # One that is open is still to be handed in: nobody is failing meanwhile.
        if left == 0 and any(row.is_open for row in each):
            left = 1
        yield Tries(enrolment, unit, tuple(failed), left)


def _resets(enrolments: list[int]) -> dict[Key, dt.datetime]:
    rows = ProgressEvent.objects.filter(enrolment__in=enrolments, act=ProgressAct.RESET)
    found = rows.order_by("at", "pk").values_list("enrolment", "unit", "at")
    return {(enrolment, unit): at for enrolment, unit, at in found}


def _granted(enrolments: list[int]) -> dict[tuple[int, int | None], int | None]:
    """{(enrolment, unit or None): attempts granted}, the last terms in force."""
    rows = EnrolmentAct.objects.filter(enrolment__in=enrolments, kind=EnrolmentAct.Kind.TERMS)
    found = rows.order_by("at", "pk").values_list("enrolment", "unit", "attempts")
    return {(enrolment, unit): number for enrolment, unit, number in found}
