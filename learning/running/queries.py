"""What the trainer's screens read."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.utils import timezone

from cms.listings import Listing, narrow

from ..kinds import HOLDING, RegistrationState, SessionState
from ..models import Countersignature, HalfDay, Registration, Session, SessionDate, SessionMessage
from .kinds import Stage

STATES = (
    RegistrationState.CONFIRMED,
    RegistrationState.OFFERED,
    RegistrationState.REQUESTED,
    RegistrationState.WAITING,
    RegistrationState.CANCELLED,
    RegistrationState.REFUSED,
    RegistrationState.LAPSED,
)


def staged(rows: QuerySet[Session], now: dt.datetime | None = None) -> QuerySet[Session]:
    """Sessions with `stage`, what they ask of whoever runs them, the most pressing first."""
    now = now or timezone.now()
    # By the clock of the reader: overseas a session shows as today's some hours early.
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    dates = SessionDate.objects.filter(session=OuterRef("pk"), cancelled_at=None)
    is_today = Exists(
        dates.filter(starts_at__gte=today, starts_at__lt=today + dt.timedelta(days=1))
    )
    signed = Countersignature.objects.standing().filter(half_day=OuterRef("pk"))
    unsigned = Exists(
        HalfDay.objects.filter(
            ~Exists(signed),
            date__session=OuterRef("pk"),
            date__cancelled_at=None,
            ends_at__lt=now,
        )
    )
    is_open = Q(state=SessionState.OPEN)
    stage = Case(
        When(is_open & Q(is_today), then=Value(Stage.TODAY)),
        When(state=SessionState.DRAFT, then=Value(Stage.ANNOUNCE)),
        When(is_open & Q(unsigned), then=Value(Stage.COUNTERSIGN)),
        When(is_open & Q(last_ends_at__lt=now), then=Value(Stage.CLOSE)),
        When(is_open, then=Value(Stage.COMING)),
        default=Value(Stage.PAST),
        output_field=CharField(max_length=12),
    )
    # An annotation is written out wherever it is named: once for the order, rather than once a stage.
    rank = StrIndex(Value(" ".join(Stage.values)), F("stage"))
    ahead = When(state__in=[SessionState.DRAFT, SessionState.OPEN], then=F("first_starts_at"))
    return rows.annotate(stage=stage).order_by(
        rank,
        Case(ahead).asc(nulls_first=True),
        F("first_starts_at").desc(nulls_last=True),
        "pk",
    )


def counted(rows: QuerySet[Session]) -> QuerySet[Session]:
    """With what a line shows: dates, places held, how many wait or await approval."""
    return rows.with_times().with_places().with_queue()  # type: ignore[attr-defined]


def my_sessions(user: Any, form: Any) -> Listing:
    """Those that this person may change, the most pressing first."""
    return narrow(staged(Session.objects.prepared_by(user)), form, show=counted)


def run_among(user: Any, shown: list[Session]) -> set[int]:
    """Those of these that the person runs; the others they only prepare."""
    rows = Session.objects.run_by(user).filter(pk__in=[session.pk for session in shown])
    return set(rows.values_list("pk", flat=True))


def next_to_run(user: Any, now: dt.datetime | None = None) -> Session | None:
    """The next session on which this person is named."""
    named = Session.objects.filter(trainers=user).coming(now).with_times().with_places()
    return named.order_by("first_starts_at", "pk").first()


def to_do(user: Any) -> dict[str, int]:
    """{stage: how many} of the sessions on which this person is named and that wait for them."""
    rows = staged(Session.objects.filter(trainers=user)).filter(
        stage__in=[Stage.ANNOUNCE, Stage.COUNTERSIGN, Stage.CLOSE]
    )
    return dict(rows.order_by().values_list("stage").annotate(n=Count("pk", distinct=True)))


def people(session: Session) -> QuerySet[Registration]:
    """Who comes, who waits in their order, who no longer comes."""
    order = Case(*(When(state=state, then=Value(number)) for number, state in enumerate(STATES)))
    waits = Case(When(state=RegistrationState.WAITING, then=F("queued_at")))
    return (
        Registration.objects.filter(session=session)
        .select_related("user", "maison__commune__department")
        .annotate(order=order)
        .order_by("order", waits, "user__last_name", "user__first_name", "pk")
    )


def ranks(session: Session) -> dict[int, int]:
    """{registration: rank} of the waiting list."""
    queue = Registration.objects.filter(session=session).queue()
    return {pk: rank for rank, pk in enumerate(queue.values_list("pk", flat=True), 1)}


@dataclass
class Tally:
    """How many, by state."""

    held: int
    offered: int
    waiting: int
    requested: int
    remote: int


def tally(session: Session) -> Tally:
    S = RegistrationState
    counts = Registration.objects.filter(session=session).aggregate(
        held=Count("pk", filter=Q(state__in=HOLDING)),
        offered=Count("pk", filter=Q(state=S.OFFERED)),
        waiting=Count("pk", filter=Q(state=S.WAITING)),
        requested=Count("pk", filter=Q(state=S.REQUESTED)),
        remote=Count("pk", filter=Q(state__in=HOLDING, remote=True)),
    )
    return Tally(**counts)


def messages_of(session: Session) -> QuerySet[SessionMessage]:
    """What was sent to those of a session, newest first, with `people`, how many got it."""
    rows = SessionMessage.objects.filter(session=session).select_related("sender")
    return rows.annotate(people=Count("recipients")).order_by("-sent_at", "-pk")
