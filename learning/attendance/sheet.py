"""The sheet of a session: who was there, half-day by half-day, in six queries whatever its size."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from ..kinds import SessionState
from ..models import Attendance, Countersignature, HalfDay, Registration, Session
from . import windows
from .queries import half_days_of, registered
from .words import how


@dataclass
class Line:
    """Somebody at a half-day; `attendance` is None as long as nothing is known."""

    row: Registration
    attendance: Attendance | None

    @property
    def state(self) -> str:
        if self.attendance is None:
            return "unknown"
        return "present" if self.attendance.present else "absent"


@dataclass
class Part:
    """A half-day of the sheet. signatures: of the trainer, the undone ones too, in their order."""

    half_day: HalfDay
    lines: list[Line]
    signatures: list[Countersignature]
    closed: bool
    now: dt.datetime

    @cached_property
    def counts(self) -> dict[str, int]:
        states = [line.state for line in self.lines]
        return {state: states.count(state) for state in ("present", "absent", "unknown")}

    @property
    def unknown(self) -> list[Line]:
        return [line for line in self.lines if line.attendance is None]

    @cached_property
    def signature(self) -> Countersignature | None:
        return next((one for one in self.signatures if one.undone_at is None), None)

    @property
    def was_undone(self) -> bool:
        """Countersigned, then corrected: one signs again."""
        return bool(self.signatures) and self.signature is None

    @property
    def opens_at(self) -> dt.datetime:
        return windows.opens_at(self.half_day)

    @property
    def is_ahead(self) -> bool:
        return self.now < self.opens_at

    @property
    def is_open(self) -> bool:
        return windows.is_open(self.half_day, self.now)

    @property
    def has_started(self) -> bool:
        return self.half_day.starts_at <= self.now

    @property
    def takes_taps(self) -> bool:
        """Whether one tap is enough: afterwards a change is a correction, with its reason."""
        return not self.is_ahead and not self.closed and self.signature is None


@dataclass
class Sheet:
    session: Session
    people: list[Registration]
    parts: list[Part]

    @property
    def takes_anything(self) -> bool:
        return self.session.state in (SessionState.OPEN, SessionState.CLOSED)

    def cells(self) -> list[tuple[Registration, list[Line]]]:
        """The same by person, for a table."""
        return [
            (row, [part.lines[rank] for part in self.parts]) for rank, row in enumerate(self.people)
        ]


def sheet_of(session: Session, now: dt.datetime | None = None) -> Sheet:
    now = now or timezone.now()
    half_days = half_days_of(session)
    people = list(registered(session))
    held: dict[tuple[int, int], Attendance] = {}
    for one in Attendance.objects.filter(half_day__in=half_days).select_related("by"):
        held[one.half_day_id, one.registration_id] = one
    signatures: dict[int, list[Any]] = {}
    for signature in Countersignature.objects.filter(half_day__in=half_days).select_related("by"):
        signatures.setdefault(signature.half_day_id, []).append(signature)
    closed = session.state == SessionState.CLOSED
    parts = [
        Part(
            half_day,
            [Line(row, held.get((half_day.pk, row.pk))) for row in people],
            signatures.get(half_day.pk, []),
            closed,
            now,
        )
        for half_day in half_days
    ]
    return Sheet(session, people, parts)


def as_data(sheet: Sheet) -> dict[str, Any]:
    """What a screen needs to follow, without any name."""
    return {
        str(part.half_day.uuid): {
            "countersigned": part.signature is not None,
            "people": {
                str(line.row.uuid): {
                    "state": line.state,
                    "how": how(line.attendance, part.half_day) if line.attendance else "",
                }
                for line in part.lines
            },
        }
        for part in sheet.parts
    }
