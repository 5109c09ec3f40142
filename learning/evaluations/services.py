"""When people are asked: evaluations open with what happens to a session, and by the clock."""

import calendar
import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms import pagecache

from ..kinds import Outcome, RegistrationState, SessionState
from ..models.evaluations import Evaluation, Participation
from ..models.registrations import Registration
from ..models.sessions import Session
from . import telling
from .kinds import LINKED, EvaluationKind
from .versions import versions_for

PRESENT = (Outcome.ATTENDED, Outcome.PARTLY)
# How long one may answer, from the opening.
LASTS = {
    EvaluationKind.CHECK: dt.timedelta(days=14),
    EvaluationKind.HOT: dt.timedelta(days=14),
    EvaluationKind.COLD: dt.timedelta(days=30),
}
COLD_AFTER_MONTHS = 3
REMIND_AFTER = dt.timedelta(days=7)
# Before a session: one reminder to those registered who have not answered.
ASK_BEFORE = dt.timedelta(days=7)
# How often the clock looks.
EVERY = dt.timedelta(hours=1)


def months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day of a later month, or its last day."""
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)


@transaction.atomic
def open_evaluation(
    session: Session, kind: str, opens_at: dt.datetime | None = None
) -> Evaluation | None:
    """The evaluation of a session at that moment, made with the templates in use. Twice is once.

    None when no template asks anything then.
    """
    found = Evaluation.objects.filter(session=session, kind=kind).first()
    if found is not None:
        return found
    versions = _versions(session, kind)
    if not versions:
        return None
    opens_at = opens_at or timezone.now()
    lasts = LASTS.get(EvaluationKind(kind))
    evaluation, created = Evaluation.objects.get_or_create(
        session=session,
        kind=kind,
        defaults={
            "anonymous": kind not in LINKED and versions[0].anonymous,
            "opens_at": opens_at,
            "closes_at": opens_at + lasts if lasts else None,
        },
    )
    if created:
        evaluation.versions.set(versions)
    return evaluation


def _versions(session: Session, kind: str) -> list[Any]:
    """Those in use; the check asks the very questions that were asked before."""
    if kind == EvaluationKind.CHECK:
        before = Evaluation.objects.filter(session=session, kind=EvaluationKind.BEFORE).first()
        asked = before.versions.filter(template__kind=kind).first() if before else None
        if asked is not None:
            return [asked]
    return versions_for(kind, session.module_id)


def open_before(session: Session) -> Evaluation | None:
    """From the first confirmed registration on. It is told with the session's own reminder."""
    if session.state != SessionState.OPEN or session.has_started():
        return None
    return open_evaluation(session, EvaluationKind.BEFORE)


@transaction.atomic
def open_after(session: Session, now: dt.datetime | None = None) -> None:
    """When a session closes: ask those who were there, and plan to ask them again in three months."""
    now = now or timezone.now()
    hot = open_evaluation(session, EvaluationKind.HOT, now)
    check = open_evaluation(session, EvaluationKind.CHECK, now)
    ended = session.last_ends_at or now
    open_evaluation(session, EvaluationKind.COLD, months_later(ended, COLD_AFTER_MONTHS))
    for evaluation in (hot, check):
        if evaluation is not None and evaluation.announced_at is None:
            evaluation.announced_at = now
            evaluation.save(update_fields=["announced_at"])
    first = hot or check
    if first is not None:
        telling.asked(first, awaited(first))


def eligible(evaluation: Evaluation) -> Any:
    """Registrations of those who are asked: before, whoever holds a place; after, whoever was there."""
    rows = Registration.objects.filter(session=evaluation.session_id)
    if evaluation.kind == EvaluationKind.BEFORE:
        return rows.filter(state=RegistrationState.CONFIRMED)
    return rows.filter(outcome__in=PRESENT)


def awaited(evaluation: Evaluation) -> list[Registration]:
    """Of those who are asked, those who have not answered."""
    answered = Participation.objects.filter(evaluation=evaluation).values("registration")
    rows = eligible(evaluation).exclude(pk__in=answered)
    return list(rows.select_related("user"))


def end_when_complete(evaluation: Evaluation, now: dt.datetime) -> None:
    """Once everybody who was there has answered, it is over: results need not wait."""
    if evaluation.kind != EvaluationKind.BEFORE and not awaited(evaluation):
        evaluation.closes_at = now
        evaluation.save(update_fields=["closes_at"])
        pagecache.bump()


def tell_what_is_due(now: dt.datetime | None = None) -> int:
    """By the clock: announce what opens, remind once after a week. Returns how many evaluations."""
    now = now or timezone.now()
    _refresh_pages(now)
    told = 0
    for evaluation in _to_announce(now):
        told += _tell(evaluation, "announced_at", now)
    for evaluation in _to_remind(now):
        told += _tell(evaluation, "reminded_at", now)
    return told


def _refresh_pages(now: dt.datetime) -> None:
    """Pages of modules show a rate from the moment when an evaluation is over."""
    just_over = Evaluation.objects.filter(
        kind=EvaluationKind.HOT, closes_at__lte=now, closes_at__gt=now - 2 * EVERY
    )
    if just_over.exists():
        with transaction.atomic():
            pagecache.bump()


def _to_announce(now: dt.datetime) -> list[Evaluation]:
    """Three months later; and a week before a session, to whoever has not answered yet."""
    soon = Q(
        kind=EvaluationKind.BEFORE,
        session__state=SessionState.OPEN,
        session__first_starts_at__lte=now + ASK_BEFORE,
    )
    rows = Evaluation.objects.open(now).filter(announced_at=None)
    return list(rows.filter(soon | Q(kind=EvaluationKind.COLD)))


def _to_remind(now: dt.datetime) -> list[Evaluation]:
    rows = Evaluation.objects.open(now).exclude(kind=EvaluationKind.BEFORE)
    due = rows.filter(announced_at__lte=now - REMIND_AFTER, reminded_at=None)
    return list(due.order_by("opens_at", "pk"))


@transaction.atomic
def _tell(evaluation: Evaluation, field: str, now: dt.datetime) -> int:
    """Tell those awaited, once: the conditional update lets a single clock through."""
    fresh = Evaluation.objects.filter(pk=evaluation.pk, **{field: None})
    if not fresh.update(**{field: now}):
        return 0
    row = Evaluation.objects.select_related("session__module", "session__commune__department").get(
        pk=evaluation.pk
    )
    telling.asked(row, awaited(row), again=field == "reminded_at")
    return 1
