"""Who may do what with training. Listing is `visible_to`, which agrees."""

from typing import Any

import rules
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import NATIONAL, has_role, roles_of
from accounts.scopes import NATIONAL_TEAM, OPERATOR_EDITOR, TRAINER
from cms.models import Department
from maisons.models import Maison, Membership
from maisons.roles import reach_of

DEPARTMENT, REGION, OPERATOR = "department", "region", "operator"


def steers(user: Any) -> bool:
    """The national team, which runs every session."""
    return has_role(user, NATIONAL_TEAM, NATIONAL)


def steers_departments(user: Any) -> set[str]:
    """Departments whose sessions this person may prepare, besides those they are named on."""
    scopes = [held.scope for held in roles_of(user) if held.role == TRAINER]
    found = {scope.code for scope in scopes if scope.kind == DEPARTMENT}
    if regions := [scope.code for scope in scopes if scope.kind == REGION]:
        found |= set(Department.objects.filter(region__in=regions).values_list("pk", flat=True))
    return found


def operators_of(user: Any) -> set[str]:
    """Codes of the operators whose trainings this person prepares and runs."""
    return {
        held.scope.code
        for held in roles_of(user)
        if held.role == OPERATOR_EDITOR and held.scope.kind == OPERATOR
    }


def sessions_run_by(user: Any) -> Q:
    """Sessions that this person runs, beyond the national team: named on them, or their operator's."""
    from .models import Session

    named = Session.trainers.through.objects.filter(user=user).values("session")
    run = Q(pk__in=named)
    if operators := operators_of(user):
        run |= Q(module__operator__code__in=operators)
    return run


def sessions_prepared_by(user: Any) -> Q:
    """Sessions that this person may change: those they run, those of the departments they steer."""
    prepared = sessions_run_by(user)
    if departments := steers_departments(user):
        prepared |= Q(commune__department__in=departments)
    return prepared


def managed_maisons(user: Any) -> models.QuerySet[Maison]:
    """Maisons whose team this person manages now."""
    return Maison.objects.managed_by(user)


def team_of(user: Any) -> models.QuerySet[Membership]:
    """Memberships in force of the Maisons that this person manages."""
    return Membership.objects.in_force().filter(maison__in=managed_maisons(user))


def registrations_seen_by(rows: Any, user: Any) -> Any:
    """One's own; those of one's team, while the membership lasts; those of the sessions one runs."""
    from .models import Session

    if not getattr(user, "is_authenticated", False):
        return rows.none()
    if steers(user):
        return rows
    run = Session.objects.filter(sessions_run_by(user)).values("pk")
    seen = Q(user=user) | Q(session__in=run)
    reach = reach_of(user)
    if reach.managed or reach.host_organisations:
        seen |= Q(user__in=team_of(user).values("user"))
    return rows.filter(seen)


@rules.predicate
def is_national_team(user: Any) -> bool:
    return steers(user)


@rules.predicate
def is_trainer(user: Any) -> bool:
    """A trainer may prepare sessions; only those they are named on are theirs to run."""
    return has_role(user, TRAINER)


@rules.predicate
def is_named_on(user: Any, session: Any) -> bool:
    if not getattr(user, "is_authenticated", False) or session is None:
        return False
    return any(trainer.pk == user.pk for trainer in session.trainers.all())


@rules.predicate
def is_of_their_operator(user: Any, session: Any) -> bool:
    """An editor of the operator whose training this is a session of."""
    operators = operators_of(user)
    if not operators or session is None:
        return False
    operator = session.module.operator
    return operator is not None and operator.code in operators


@rules.predicate
def steers_its_department(user: Any, session: Any) -> bool:
    """A trainer of the department (or region) where it takes place."""
    if session is None or session.commune is None:
        return False
    return session.commune.department_id in steers_departments(user)


@rules.predicate
def edits_an_operator(user: Any) -> bool:
    return bool(operators_of(user))


@rules.predicate
def is_theirs(user: Any, registration: Any) -> bool:
    return registration is not None and registration.user_id == user.pk


@rules.predicate
def manages_person(user: Any, registration: Any) -> bool:
    """A manager of a Maison of which the person is a member now."""
    if registration is None or not getattr(user, "is_authenticated", False):
        return False
    return team_of(user).filter(user_id=registration.user_id).exists()


@rules.predicate
def approves(user: Any, registration: Any) -> bool:
    """Any manager of the Maison chosen at registration, else the national team."""
    if registration is None or not getattr(user, "is_authenticated", False):
        return False
    if steers(user):
        return True
    return (
        registration.maison_id is not None
        and managed_maisons(user).filter(pk=registration.maison_id).exists()
    )


@rules.predicate
def is_member_of_the_network(user: Any) -> bool:
    """Whoever may register: those who work in a Maison, or hold a role of the network."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active and roles_of(user))


@rules.predicate
def leads_a_team(user: Any) -> bool:
    """A manager of a Maison, or of a host organisation's Maisons."""
    reach = reach_of(user)
    return bool(reach.managed or reach.host_organisations)


runs = is_national_team | is_named_on | is_of_their_operator

rules.add_perm("learning.register", is_member_of_the_network)
# To make a session at all, and to change one that is there.
rules.add_perm("learning.prepare_session", is_national_team | is_trainer | edits_an_operator)
rules.add_perm("learning.change_this_session", runs | steers_its_department)
# Adjustments are for the trainers named on a session: neither the national team nor an operator.
rules.add_perm("learning.see_adjustments", is_named_on)
rules.add_perm("learning.run_session", runs)
rules.add_perm("learning.see_registration", is_theirs | manages_person | is_national_team)
rules.add_perm("learning.cancel_registration", is_theirs | manages_person | is_national_team)
rules.add_perm("learning.approve_registration", approves)
rules.add_perm("learning.register_others", is_national_team | leads_a_team)
rules.add_perm("learning.steer", is_national_team)


def maisons_of(person: Any) -> models.QuerySet[Maison]:
    """The Maisons on whose behalf a person may register: those of their memberships in force."""
    now = timezone.now()
    held = Membership.objects.in_force(now).filter(user=person).values("maison")
    return Maison.objects.filter(pk__in=held).select_related("commune")
