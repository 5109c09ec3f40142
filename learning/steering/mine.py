"""What "Mes formations" reads: the next session, what awaits, what was done this year."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.request_scope import remember

from ..kinds import HOLDING, Outcome, RegistrationState, SessionState
from ..models import Registration
from ..services.registrations import in_rush
from .rows import lines

RECENT = 4
SOON = dt.timedelta(days=30)
OF_NEXT = (
    *("address", "access", "note", "meeting_url", "capacity"),
    *("deadline", "free_cancellation_days"),
)


@dataclass
class Mine:
    """offers: places to accept; later: other sessions to come; waiting: with `rank`."""

    next: Registration | None = None
    offers: list[Registration] = field(default_factory=list)
    later: list[Registration] = field(default_factory=list)
    waiting: list[Registration] = field(default_factory=list)
    recent: list[Registration] = field(default_factory=list)
    year: dict[str, Any] = field(default_factory=dict)
    # All of them, in the order of their sessions.
    rows: list[Registration] = field(default_factory=list)
    # {module: its title} of what was attended, however long ago.
    attended: dict[int, str] = field(default_factory=dict)

    @property
    def shown(self) -> list[Registration]:
        first = [self.next] if self.next else []
        return [*first, *self.offers, *self.later, *self.waiting, *self.recent]

    @property
    def is_empty(self) -> bool:
        return not self.shown


def mine(user: Any, now: dt.datetime | None = None) -> Mine:
    """In two queries a request, three for whoever waits: somebody's registrations are few, however long they have worked here."""
    return remember(("learning.mine", user.pk), lambda: _mine(user, now or timezone.now()))


def _mine(user: Any, now: dt.datetime) -> Mine:
    found = Mine(rows=_rows(user))
    past = []
    for row in found.rows:
        if not _is_ahead(row, now):
            past.append(row)
        elif row.offer_is_open(now) or _may_take_last_place(row, now):
            found.offers.append(row)
        elif row.state != RegistrationState.CONFIRMED:
            found.waiting.append(row)
        elif found.next is None:
            found.next = row
        else:
            found.later.append(row)
    found.recent = past[: -RECENT - 1 : -1]
    found.year = this_year(past, now)
    found.attended = {
        row.session.module_id: row.session.module.title
        for row in past
        if row.outcome in (Outcome.ATTENDED, Outcome.PARTLY)
    }
    prefetch_related_objects(found.shown, "session__dates")
    return found


def _is_ahead(row: Registration, now: dt.datetime) -> bool:
    """The same as `rows.is_ahead`."""
    return (
        row.is_in_play and row.session.state == SessionState.OPEN and not row.session.has_ended(now)
    )


def _rows(user: Any) -> list[Any]:
    """All of them in the order of their sessions; those that wait with `rank` and `held`, in one more
    query, which few people need."""
    asked = (f"session__{name}" for name in OF_NEXT)
    rows = list(
        lines(Registration.objects.filter(user=user), *asked).order_by(
            "session__first_starts_at", "pk"
        )
    )
    waiting = [row for row in rows if row.state == RegistrationState.WAITING]
    queue = _queue([row.pk for row in waiting]) if waiting else {}
    for row in rows:
        row.rank, row.held = queue.get(row.pk, (0, 0))  # type: ignore[attr-defined]
    return rows


def _queue(waiting: list[int]) -> dict[int, tuple[int, int]]:
    """{registration: (its rank, how many hold a place in its session)}."""
    same = Registration.objects.filter(session=OuterRef("session")).order_by().values("session")
    before = same.filter(state=RegistrationState.WAITING).filter(
        Q(queued_at__lt=OuterRef("queued_at"))
        | Q(queued_at=OuterRef("queued_at"), pk__lt=OuterRef("pk"))
    )
    rows = Registration.objects.filter(pk__in=waiting).annotate(
        rank=_counted(before) + 1, held=_counted(same.filter(state__in=HOLDING))
    )
    return {pk: (rank, held) for pk, rank, held in rows.values_list("pk", "rank", "held")}


def _counted(rows: Any) -> Any:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def _may_take_last_place(row: Any, now: dt.datetime) -> bool:
    """In the last hours a free place goes to the first who accepts (`services.registrations`)."""
    return (
        row.state == RegistrationState.WAITING
        and not row.session.has_started(now)
        and in_rush(row.session, now)
        and row.held < row.session.capacity
    )


def this_year(rows: list[Registration], now: dt.datetime) -> dict[str, int]:
    """{sessions attended, half-days attended} since 1 January."""
    year = timezone.localtime(now).year
    done = [
        row
        for row in rows
        if row.outcome in (Outcome.ATTENDED, Outcome.PARTLY)
        and row.session.first_starts_at is not None
        and timezone.localtime(row.session.first_starts_at).year == year
    ]
    return {"sessions": len(done), "half_days": sum(row.half_days_present for row in done)}


def is_soon(row: Registration, now: dt.datetime | None = None) -> bool:
    """Near enough to be said on the front page of the professional space."""
    start = row.session.first_starts_at
    return start is not None and start - (now or timezone.now()) <= SOON
