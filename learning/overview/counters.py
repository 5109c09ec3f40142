"""The counters of enrolments, made again from the rows that they sum up.

`Enrolment.done`, `due`, `seconds`, `last_unit` and `last_at` are kept by each change, and so is
`UnitProgress.active`; here is what they should say. Read in batches of bounded size; what differs is
read again under the lock of its enrolment before it is believed or mended.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from .. import signals
from ..models import ActiveSpan, Enrolment, PathVersion, ProgressEvent, Unit, UnitProgress
from ..paths.kinds import EnrolmentState, ProgressAct
from ..paths.spans import Span, length, merge
from ..paths.structure import read
from ..paths.validity import expiry

BATCH = 500
FIELDS = (
    *("superseded", "state", "completed_at", "done", "due", "seconds"),
    *("last_unit_id", "last_at"),
)
# What somebody did; acts of others about it move neither the last unit nor its date.
BY_THE_PERSON = (ProgressAct.REPORT, ProgressAct.MARK)


@dataclass(frozen=True)
class Difference:
    """A counter that does not say what its rows do. unit: whose time at work; None for the enrolment."""

    enrolment: uuid.UUID
    name: str
    held: Any
    counted: Any
    unit: uuid.UUID | None = None

    def __str__(self) -> str:
        where = f"{self.enrolment} {self.unit}" if self.unit else str(self.enrolment)
        return f"{where} {self.name}: {self.held} held, {self.counted} counted"


@dataclass
class _Rows:
    """What one batch of enrolments is counted from, by enrolment."""

    progress: dict[int, list[UnitProgress]] = field(default_factory=lambda: defaultdict(list))
    spans: dict[int, dict[int, list[Span]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    # The last act of the person; None where only others acted.
    acts: dict[int, ProgressEvent | None] = field(default_factory=dict)
    rounds: dict[tuple[int, int], int] = field(default_factory=dict)
    # What each version requires, archived units left out.
    required: dict[int, set[str]] = field(default_factory=dict)


def differences(
    *, path: uuid.UUID | None = None, batch: int = BATCH, fix: bool = False
) -> Iterator[Difference]:
    """Every difference, in the order of enrolments; mended at once with `fix`."""
    rows = Enrolment.objects.order_by("pk")
    if path is not None:
        rows = rows.filter(path__uuid=path)
    last = 0
    while held := list(rows.filter(pk__gt=last)[:batch]):
        yield from verified(held, fix=fix)
        last = held[-1].pk


def verified(rows: Sequence[Enrolment], *, fix: bool = False) -> Iterator[Difference]:
    """The differences of these enrolments, each seen a second time while nobody changes it."""
    found = _compare(rows, _read(rows))
    for pk in dict.fromkeys(row.pk for row in rows if row.pk in found):
        yield from mend(pk) if fix else again(pk)


@transaction.atomic
def again(pk: int) -> list[Difference]:
    """The differences of one enrolment under its lock; nothing is written."""
    row = Enrolment.objects.select_for_update().get(pk=pk)
    return _compare([row], _read([row])).get(pk, [])


@transaction.atomic
def mend(pk: int) -> list[Difference]:
    """Write what the rows say into one enrolment and its units; gives what differed.

    One that turns out to be completed is told as any other (`signals.path_completed`).
    """
    row = Enrolment.objects.select_for_update().get(pk=pk)
    rows = _read([row])
    found = _compare([row], rows).get(pk, [])
    if not found:
        return []
    completes = False
    for progress in rows.progress[pk]:
        counted = _length(rows.spans[pk][progress.unit_id])
        UnitProgress.objects.filter(pk=progress.pk).update(active=counted)
    for name, value in _expected(row, rows).items():
        completes |= name == "state" and row.state != value == EnrolmentState.COMPLETED
        setattr(row, name, value)
    if not row.superseded:
        # One round at a time: the earlier ones first.
        earlier = Enrolment.objects.filter(path=row.path_id, user=row.user_id, superseded=False)
        earlier.filter(round__lt=row.round).update(superseded=True)
    if completes and row.completed_at:
        row.expires_on = expiry(row, timezone.localdate(row.completed_at))
    row.save(update_fields=[*(name.removesuffix("_id") for name in FIELDS), "expires_on"])
    if completes:
        signals.path_completed.send(Enrolment, enrolment=row)
    return found


# -- What the rows say ----------------------------------------------------------------------------


def _read(rows: Sequence[Enrolment]) -> _Rows:
    """Seven queries, whatever the number of enrolments."""
    found, ids = _Rows(), [row.pk for row in rows]
    units = UnitProgress.objects.filter(enrolment__in=ids).select_related("unit")
    for progress in units.defer("place", "played"):
        found.progress[progress.enrolment_id].append(progress)
    worked = ActiveSpan.objects.filter(enrolment__in=ids).order_by()
    for enrolment, unit, start, end in worked.values_list(
        "enrolment_id", "unit_id", "starts_at", "ends_at"
    ):
        found.spans[enrolment][unit].append((start, end))
    found.acts = _acts(ids)
    people = {row.user_id for row in rows}
    taken = Enrolment.objects.filter(user__in=people).order_by().values_list("path_id", "user_id")
    found.rounds = {(path, user): last for path, user, last in taken.annotate(last=Max("round"))}
    paths = {row.path_id for row in rows}
    gone = Unit.objects.filter(path__in=paths, archived_at__isnull=False)
    archived = {str(each) for each in gone.values_list("uuid", flat=True)}
    for version in PathVersion.objects.filter(pk__in={row.version_id for row in rows}):
        found.required[version.pk] = set(read(version).required()) - archived
    return found


def _acts(ids: list[int]) -> dict[int, ProgressEvent | None]:
    own = Q(act__in=BY_THE_PERSON)
    known = dict(
        ProgressEvent.objects.filter(enrolment__in=ids)
        .order_by()
        .values_list("enrolment_id")
        .annotate(last=Max("pk", filter=own))
    )
    rows = ProgressEvent.objects.defer("said").in_bulk([pk for pk in known.values() if pk])
    return {enrolment: rows.get(pk) for enrolment, pk in known.items()}


def _compare(rows: Sequence[Enrolment], read_rows: _Rows) -> dict[int, list[Difference]]:
    """{enrolment: what differs}, those that agree left out."""
    found: dict[int, list[Difference]] = defaultdict(list)
    for row in rows:
        for name, counted in _expected(row, read_rows).items():
            if (held := getattr(row, name)) != counted:
                found[row.pk].append(Difference(row.uuid, name, held, counted))
        for progress in read_rows.progress[row.pk]:
            counted = _length(read_rows.spans[row.pk][progress.unit_id])
            if progress.active != counted:
                found[row.pk].append(
                    Difference(row.uuid, "active", progress.active, counted, progress.unit.uuid)
                )
    return dict(found)


def _expected(row: Enrolment, rows: _Rows) -> dict[str, Any]:
    required = rows.required[row.version_id]
    finished = {
        str(progress.unit.uuid): progress.completed_at
        for progress in rows.progress[row.pk]
        if progress.completed_at
    }
    done = [finished[unit] for unit in required if unit in finished]
    last_unit, last_at = _last(row, rows)
    superseded = row.round < rows.rounds[row.path_id, row.user_id]
    all_done = (
        not superseded and row.state == EnrolmentState.ACTIVE and 0 < len(required) <= len(done)
    )
    completed = row.state == EnrolmentState.COMPLETED or row.completed_at is not None or all_done
    when = max(done, default=row.last_at or row.created_at)
    return {
        "superseded": superseded,
        # A path once completed stays completed.
        "state": EnrolmentState.COMPLETED if completed else row.state,
        "completed_at": (row.completed_at or when) if completed else None,
        "done": len(done),
        "due": len(required),
        "seconds": _length(span for unit in rows.spans[row.pk].values() for span in unit),
        "last_unit_id": last_unit,
        "last_at": last_at,
    }


def _last(row: Enrolment, rows: _Rows) -> tuple[int | None, dt.datetime | None]:
    """What the person did last; without any event kept, the last progress."""
    if row.pk in rows.acts:
        act = rows.acts[row.pk]
        return (act.unit_id, act.at) if act else (None, None)
    latest = max(rows.progress[row.pk], key=lambda each: (each.last_at, each.pk), default=None)
    return (latest.unit_id, latest.last_at) if latest else (None, None)


def _length(held: Any) -> int:
    """Seconds that spans cover together."""
    covered = length(merge(held))
    return round(covered.total_seconds()) if covered else 0
