"""What the screens of closing read."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from maisons.models import Maison
from maisons.roles import reach_of

from ..kinds import FileState, Outcome, RegistrationState, SessionState
from ..models import Certificate, Registration, Session, SessionReport, TrainingEvidence
from . import missing

PEOPLE_A_PAGE = 40
# What a line of evidence names.
SHOWN = ("module", "operator", "maison__commune__department")


@dataclass
class Plan:
    """What closing an open session would do, and what forbids it."""

    lacks: list[missing.Lack]
    unknown: list[str]
    registered: int
    attended: int
    partly: int
    ended: int

    @property
    def may_close(self) -> bool:
        return not self.lacks

    @property
    def may_close_in_spite(self) -> bool:
        return bool(self.lacks) and all(lack.may_be_passed for lack in self.lacks)


def plan_of(session: Session, now: dt.datetime | None = None) -> Plan:
    """In five queries, whatever the number of people."""
    confirmed = Q(state=RegistrationState.CONFIRMED)
    others = Q(
        state__in=(
            RegistrationState.WAITING,
            RegistrationState.OFFERED,
            RegistrationState.REQUESTED,
        )
    )
    counts = session.registrations.aggregate(
        registered=Count("pk", filter=confirmed),
        attended=Count("pk", filter=confirmed & Q(outcome=Outcome.ATTENDED)),
        some=Count("pk", filter=confirmed & Q(half_days_present__gt=0)),
        ended=Count("pk", filter=others),
    )
    return Plan(
        missing.lacks(session, now),
        missing.unknown(session, now) if session.has_ended(now) else [],
        counts["registered"],
        counts["attended"],
        counts["some"] - counts["attended"],
        counts["ended"],
    )


@dataclass
class Person:
    """What one person got of a closed session."""

    registration: Registration
    certificates: list[Certificate] = field(default_factory=list)


@dataclass
class Closed:
    """A closed session as its page shows it."""

    report: SessionReport | None
    page: Page
    people: list[Person]
    counts: dict[str, int]


def closed(session: Session, number: int = 1) -> Closed:
    rows = (
        Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
        .select_related("user", "maison")
        .order_by("user__last_name", "user__first_name", "pk")
    )
    paginator = Paginator(rows, PEOPLE_A_PAGE)
    page = paginator.get_page(number)
    shown = list(page.object_list)
    held = by_registration(Certificate.objects.filter(registration__in=shown))
    people = [Person(row, held.get(row.pk, [])) for row in shown]
    report = SessionReport.objects.filter(session=session).first()
    return Closed(report, page, people, file_counts(session))


def by_registration(rows: QuerySet[Certificate]) -> dict[int, list[Certificate]]:
    ordered = rows.select_related("replaced_by").order_by("registration", "kind", "issued_at", "pk")
    return {pk: list(group) for pk, group in groupby(ordered, key=lambda c: c.registration_id)}


def file_counts(session: Session) -> dict[str, int]:
    """How many valid certificates of a session are ready, in preparation, failed."""
    valid = Certificate.objects.valid().filter(registration__session=session)
    found = dict(valid.values_list("file_state").annotate(n=Count("pk")).order_by())
    counts = {state: found.get(state, 0) for state in FileState.values}
    return {**counts, "all": sum(counts.values())}


def failed(session: Session) -> list[Any]:
    """The documents of a session whose file could not be made."""
    certificates = Certificate.objects.valid().filter(
        registration__session=session, file_state=FileState.FAILED
    )
    report = SessionReport.objects.filter(session=session, file_state=FileState.FAILED)
    return [*certificates, *report]


# -- One's own -------------------------------------------------------------------------------------


def certificates_of(user: Any) -> QuerySet[Certificate]:
    """One's own certificates, the newest first, revoked ones after."""
    return (
        Certificate.objects.filter(registration__user=user)
        .select_related("registration__session__module", "replaced_by")
        .order_by("-issued_at", "registration", "kind", "-pk")
    )


def certificates_on(row: Registration, user: Any) -> list[Certificate]:
    """Those of one registration that this person may read; revoked ones too."""
    if row.session.state != SessionState.CLOSED:
        return []
    held = Certificate.objects.visible_to(user).filter(registration=row)
    return by_registration(held).get(row.pk, [])


# -- Evidence --------------------------------------------------------------------------------------


def maisons_with_evidence(user: Any) -> QuerySet[Maison]:
    """Those whose evidence this person sees: those they manage, and those of their department."""
    departments = reach_of(user).departments
    managed = Maison.objects.managed_by(user)
    return Maison.objects.filter(
        Q(pk__in=managed.values("pk")) | Q(commune__department__in=departments)
    )


def evidence_seen_by(user: Any) -> QuerySet[TrainingEvidence]:
    """The evidence of every Maison that this person answers for."""
    if not getattr(user, "is_authenticated", False):
        return TrainingEvidence.objects.none()
    rows = TrainingEvidence.objects.standing().select_related(*SHOWN).order_by("-date", "pk")
    if reach_of(user).everything:
        return rows
    return rows.filter(maison__in=maisons_with_evidence(user).values("pk"))
