"""Who may do what with the bank and with what was answered."""

from typing import Any

import rules

from accounts.roles import has_role
from accounts.scopes import EDITOR, TRAINER

from ..rules import is_national_team, steers


def writes_questions(user: Any) -> bool:
    """Editors (thus the national team) and trainers."""
    return bool(has_role(user, EDITOR) or has_role(user, TRAINER))


@rules.predicate
def is_author(user: Any) -> bool:
    return writes_questions(user)


def trained_enrolments(user: Any, path: Any = None) -> Any:
    """Enrolments whose answers this person may work with: their cohorts' alone, all for the national team."""
    from ..models import Enrolment

    rows = Enrolment.objects.all() if path is None else Enrolment.objects.filter(path=path)
    if steers(user):
        return rows
    if not getattr(user, "is_authenticated", False):
        return rows.none()
    return rows.filter(cohort__trainers=user)


@rules.predicate
def trains_on(user: Any, path: Any) -> bool:
    """Named on a cohort of this path."""
    return bool(path is not None and path.cohorts.filter(trainers=user).exists())


@rules.predicate
def edits(user: Any) -> bool:
    return bool(has_role(user, EDITOR))


rules.add_perm("learning.write_questions", is_author | is_national_team)
# Figures of a quiz: totals alone, under five nothing. Those of everybody for whoever edits paths.
rules.add_perm("learning.see_quiz_items", is_national_team | edits | trains_on)
