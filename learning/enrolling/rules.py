"""Who may make a cohort, whom they may take into it, and who may change it."""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import NATIONAL, has_role
from accounts.scopes import TRAINER
from maisons.models import Membership

from ..rules import is_national_team, is_trainer, steers, steers_departments
from ..running import people


def reach(user: Any) -> set[str] | None:
    """Departments whose people this person may take into a cohort; None: the whole network."""
    if steers(user) or has_role(user, TRAINER, NATIONAL):
        return None
    return steers_departments(user)


def within_reach(user: Any) -> QuerySet[User]:
    """The people whom this person may take into a cohort."""
    found = people.members()
    departments = reach(user)
    if departments is None:
        return found
    there = Membership.objects.in_force().filter(maison__commune__department__in=departments)
    return found.filter(Q(pk__in=there.values("user")))


rules.add_perm("learning.make_cohort", is_national_team | is_trainer)
