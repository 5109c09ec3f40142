"""Until when, how often, and within how many days marked: of one person for one assignment."""

import datetime as dt
from dataclasses import dataclass

from ..enrolling import overrides
from ..models import Enrolment, Unit
from ..paths import dues
from ..paths.structure import UnitOutline

FEEDBACK_DAYS = 7


@dataclass(frozen=True)
class Terms:
    """due_on: until when, None for no date; attempts: how many in all, 0 for no limit; feedback_days: how
    long trainers have to answer."""

    due_on: dt.date | None
    attempts: int
    feedback_days: int

    def may_try(self, number: int) -> bool:
        """Whether an attempt of this number is allowed."""
        return not self.attempts or number <= self.attempts


def terms_for(enrolment: Enrolment, unit: Unit, place: UnitOutline) -> Terms:
    """Those of the version that the person follows, but for what was granted to them alone."""
    own = overrides.terms_for(enrolment, unit)
    attempts = place.terms.get("attempts") or 0
    # What is granted never takes away: where nothing is counted, nothing is counted for them either.
    if attempts and own.attempts is not None:
        attempts = own.attempts
    return Terms(
        due_on=own.unit_due_on or date_of(enrolment, place),
        attempts=attempts,
        feedback_days=place.terms.get("feedback_days") or FEEDBACK_DAYS,
    )


def date_of(enrolment: Enrolment, place: UnitOutline) -> dt.date | None:
    """The date of an assignment: fixed, or days after the enrolment, or else that of the path."""
    return dues.date_of_everybody(place, enrolment.created_at) or enrolment.due_on
