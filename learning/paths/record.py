"""`record` is the one way for a unit to say what somebody did; the acts below alone lower anything.

Each is one transaction that holds the row of the enrolment: two tabs, a page sent twice or a trainer
who decides meanwhile wait for each other.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import signals
from ..models import ActiveSpan, Enrolment, ProgressEvent, Unit, UnitProgress
from . import playing, spans, validity
from .completion import is_done, is_open
from .kinds import CompletionRule, EnrolmentState, ProgressAct
from .structure import Outline, UnitOutline, read

# A page reports every ten to thirty seconds: what claims more in one report is cut.
MOST_ACTIVE = dt.timedelta(minutes=2)
SPEEDS = (0.25, 2.0)
# Columns of the progress in a unit that change once it has begun.
CHANGED = (
    *("last_at", "completed_at", "success", "score", "seconds", "active", "place"),
    *("played", "played_for"),
)


class CannotRecord(ValidationError):
    """What was reported cannot be kept; the message says why."""


@dataclass(frozen=True)
class Report:
    """What a unit says. Totals of this source, not increments; what is not said stays as it is.

    seconds: time that the source declares. score: 0–1. active: (start, end), when the person was at
    work. played: spans of the recording in seconds, and `speed`, at which they were played. place:
    where to resume, a small JSON object. on_page: the page of the unit says it, which nobody is shown
    before the unit opens.
    """

    seconds: int | None = None
    score: float | None = None
    success: bool | None = None
    completed: bool = False
    marked: bool = False
    active: tuple[dt.datetime, dt.datetime] | None = None
    played: tuple[tuple[float, float], ...] = ()
    speed: float = 1.0
    place: dict[str, Any] | None = None
    on_page: bool = False

    def check(self) -> None:
        """Raises CannotRecord for what no unit may say."""
        if self.seconds is not None and not 0 <= self.seconds <= 10_000_000:
            raise CannotRecord(_("The time is out of bounds."))
        if self.score is not None and not 0 <= self.score <= 1:
            raise CannotRecord(_("The score is not between 0 and 1."))
        if not SPEEDS[0] <= self.speed <= SPEEDS[1]:
            raise CannotRecord(_("No recording is played at that speed."))
        if len(self.played) > 100 or any(not 0 <= a <= b <= 1_000_000 for a, b in self.played):
            raise CannotRecord(_("The spans played are out of bounds."))


@dataclass(frozen=True)
class Recorded:
    """Where the person stands after a report. `again`: it had been received before."""

    enrolment: Enrolment
    progress: UnitProgress
    again: bool = False


@transaction.atomic
def record(
    enrolment: Enrolment,
    unit: Unit,
    event_id: uuid.UUID,
    report: Report,
    *,
    now: dt.datetime | None = None,
) -> Recorded:
    """Keep what a unit reports. Idempotent on `event_id`; never lowers anything. Raises CannotRecord."""
    report.check()
    now = now or timezone.now()
    enrolment, place = _locked(enrolment, unit)
    progress = _progress(enrolment, unit, now)
    known = ProgressEvent.objects.filter(uuid=event_id).values_list("enrolment_id", "unit_id")
    if found := known.first():
        if found != (enrolment.pk, unit.pk):
            raise CannotRecord(_("This identifier belongs to another report."))
        return Recorded(enrolment, progress, again=True)
    if report.on_page and progress.pk is None and not _opens(enrolment, place, now):
        raise CannotRecord(_("This unit is not open yet."))
    if report.active is not None:
        _add_active(enrolment, progress, unit, report.active, now)
    new = _add_played(progress, report, place.length, now) if report.played else []
    _raise(progress, report)
    done = report.completed or is_done(
        place,
        seconds=progress.active,
        score=progress.score,
        played=progress.played,
        length=place.length,
        marked=report.marked,
    )
    was_done = progress.completed_at is not None
    if done and not was_done:
        progress.completed_at = now
    progress.last_at = now
    _keep(progress)
    act = ProgressAct.MARK if report.marked else ProgressAct.REPORT
    by = enrolment.user_id if report.marked else None
    _write(event_id, enrolment, unit, act, _said(report, new), by, now)
    if new:
        signals.recording_played.send(
            Unit, unit=unit, place=place, user_id=enrolment.user_id, spans=new
        )
    enrolment.last_unit, enrolment.last_at = unit, now
    _settle_unit(enrolment, place, progress, was_done, now)
    return Recorded(enrolment, progress)


def _locked(enrolment: Enrolment, unit: Unit) -> tuple[Enrolment, UnitOutline]:
    """The enrolment, which nobody else changes until the end of the transaction, and the unit in it."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("version")
    row = rows.defer("version__structure").get(pk=enrolment.pk)
    if row.superseded or row.state == EnrolmentState.LEFT:
        raise CannotRecord(_("This enrolment is over."))
    place = read(row.version).find(str(unit.uuid))
    if place is None:
        raise CannotRecord(_("This unit is not in the version that the person follows."))
    return row, place


def _opens(enrolment: Enrolment, place: UnitOutline, now: dt.datetime) -> bool:
    """Whether a unit that was not begun may be: one query where it comes after others."""
    done: dict[str, bool] = {}
    if place.needs:
        held = enrolment.progress.filter(completed_at__isnull=False)
        done = {str(uuid): True for uuid in held.values_list("unit__uuid", flat=True)}
    return is_open(read(enrolment.version), place, done, timezone.localdate(now))


def _progress(enrolment: Enrolment, unit: Unit, now: dt.datetime) -> UnitProgress:
    """The row of this unit, not written yet when it is new. Its `unit` is read after the lock."""
    found = UnitProgress.objects.filter(enrolment=enrolment, unit=unit).select_related("unit")
    row = found.first()
    if row is None:
        fresh = Unit.objects.get(pk=unit.pk)
        row = UnitProgress(enrolment=enrolment, unit=fresh, started_at=now, last_at=now)
    row.enrolment = enrolment
    return row


def _keep(progress: UnitProgress) -> None:
    """Write what a report or an act may change."""
    progress.save(update_fields=None if progress.pk is None else CHANGED)


def _add_active(
    enrolment: Enrolment,
    progress: UnitProgress,
    unit: Unit,
    active: tuple[dt.datetime, dt.datetime],
    now: dt.datetime,
) -> None:
    """Add time at work: what other units or tabs cover already counts once for the person."""
    start, end = max(active[0], enrolment.created_at), min(active[1], now)
    # Whole seconds: counters are then exactly what the spans say (`manage.py check_progress`).
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    end = min(end, start + MOST_ACTIVE)
    if start >= end:
        return
    near = list(
        ActiveSpan.objects.filter(enrolment=enrolment, starts_at__lte=end, ends_at__gte=start)
    )
    covered = spans.length(spans.clip(((s.starts_at, s.ends_at) for s in near), start, end))
    gained = (end - start) - (covered or dt.timedelta())
    enrolment.seconds += round(gained.total_seconds())
    own = [span for span in near if span.unit_id == unit.pk]
    before = sum((s.ends_at - s.starts_at for s in own), dt.timedelta())
    first = min([start, *(s.starts_at for s in own)])
    last = max([end, *(s.ends_at for s in own)])
    progress.active += round((last - first - before).total_seconds())
    if own:
        kept, *others = own
        kept.starts_at, kept.ends_at = first, last
        kept.save(update_fields=["starts_at", "ends_at"])
        if others:
            ActiveSpan.objects.filter(pk__in=[span.pk for span in others]).delete()
    else:
        ActiveSpan.objects.create(enrolment=enrolment, unit=unit, starts_at=first, ends_at=last)


def _add_played(
    progress: UnitProgress, report: Report, length: float, now: dt.datetime
) -> list[list[float]]:
    """Add what was played; returns what of it is new and counts."""
    window = playing.FIRST_REPORT
    if report.active is not None:
        window = min((report.active[1] - report.active[0]), MOST_ACTIVE).total_seconds()
    elif progress.played:
        window = (now - progress.last_at).total_seconds()
    added = playing.add(
        progress.played,
        report.played,
        paid=progress.played_for,
        length=length,
        since=(now - progress.started_at).total_seconds(),
        window=window,
        speed=report.speed,
    )
    progress.played, progress.played_for = added.held, added.paid
    return added.new


def _raise(progress: UnitProgress, report: Report) -> None:
    """Keep the best of what was held and what is said."""
    if report.seconds is not None:
        progress.seconds = max(progress.seconds, report.seconds)
    if report.score is not None:
        progress.score = max(progress.score or 0.0, report.score)
    if report.success is not None:
        progress.success = bool(progress.success) or report.success
    if report.place is not None:
        progress.place = report.place


def _said(report: Report, new: list[list[float]]) -> dict[str, Any]:
    """What the event keeps: enough to make the counters again, no more. `new`: what counts as played."""
    said: dict[str, Any] = {}
    for name in ("seconds", "score", "success"):
        value = getattr(report, name)
        if value is not None:
            said[name] = value
    if report.completed:
        said["completed"] = True
    if new:
        said["played"] = new
    return said


def _write(
    event_id: uuid.UUID,
    enrolment: Enrolment,
    unit: Unit,
    act: str,
    said: dict[str, Any],
    by: Any,
    now: dt.datetime,
) -> None:
    ProgressEvent.objects.create(
        uuid=event_id, enrolment=enrolment, unit=unit, act=act, said=said, by_id=by, at=now
    )


def _settle_unit(
    enrolment: Enrolment,
    place: UnitOutline,
    progress: UnitProgress,
    was_done: bool,
    now: dt.datetime,
) -> None:
    """Count one unit that was or is done, without counting the others again."""
    is_now = progress.completed_at is not None
    fields = ["seconds", "last_unit", "last_at"]
    if is_now != was_done and place.required and progress.unit.archived_at is None:
        enrolment.done += 1 if is_now else -1
        fields.append("done")
    _write_enrolment(enrolment, fields, now)


def settle(enrolment: Enrolment, outline: Outline, now: dt.datetime) -> None:
    """Count the required units again; the last one completes the path, for good."""
    count(enrolment, outline)
    _write_enrolment(enrolment, ["version", "done", "due", "seconds", "last_unit", "last_at"], now)


@transaction.atomic
def settle_again(enrolment: Enrolment) -> None:
    """Count again somebody who is in the middle of a path: it may be completed by now."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("version")
    row = rows.get(pk=enrolment.pk)
    if row.state == EnrolmentState.ACTIVE and not row.superseded:
        settle(row, read(row.version), timezone.now())


def _write_enrolment(enrolment: Enrolment, fields: list[str], now: dt.datetime) -> None:
    ends = enrolment.state == EnrolmentState.ACTIVE and 0 < enrolment.due <= enrolment.done
    if ends:
        enrolment.state, enrolment.completed_at = EnrolmentState.COMPLETED, now
        enrolment.expires_on = validity.expiry(enrolment, timezone.localdate(now))
        fields = [*fields, "state", "completed_at", "expires_on"]
    enrolment.save(update_fields=fields)
    if ends:
        signals.path_completed.send(Enrolment, enrolment=enrolment)


def count(enrolment: Enrolment, outline: Outline) -> None:
    """Set `done` and `due`: required units of the version that are not archived. Two queries."""
    required = required_of(enrolment.path_id, outline)
    finished = UnitProgress.objects.filter(enrolment=enrolment, completed_at__isnull=False)
    done = {str(uuid) for uuid in finished.values_list("unit__uuid", flat=True)}
    enrolment.due, enrolment.done = len(required), len(required & done)


def required_of(path_id: int, outline: Outline) -> set[str]:
    """Identities of the units that a version requires and that are not archived. One query."""
    gone = Unit.objects.filter(path=path_id, archived_at__isnull=False)
    return set(outline.required()) - {str(uuid) for uuid in gone.values_list("uuid", flat=True)}


# -- Acts that may lower ----------------------------------------------------------------------------


def reset(enrolment: Enrolment, unit: Unit, *, by: Any) -> UnitProgress:
    """Start a unit again from nothing. What was held stays in the event."""
    return _lower(enrolment, unit, ProgressAct.RESET, by)


def reopen(enrolment: Enrolment, unit: Unit, *, by: Any) -> UnitProgress:
    """Take completion back and keep the rest, so that the person may finish it anew."""
    return _lower(enrolment, unit, ProgressAct.REOPEN, by)


def decide(
    enrolment: Enrolment,
    unit: Unit,
    *,
    done: bool,
    by: Any,
    success: bool | None = None,
    score: float | None = None,
) -> UnitProgress:
    """A trainer says whether the unit is done, whatever its rule; and, of a work that they marked,
    whether it passed and with which score (0–1). What is not said stays."""
    Report(success=success, score=score).check()
    said = {"success": success, "score": score}
    given = {name: value for name, value in said.items() if value is not None}
    return _lower(enrolment, unit, ProgressAct.DECISION, by, done=done, given=given)


@transaction.atomic
def _lower(
    enrolment: Enrolment,
    unit: Unit,
    act: str,
    by: Any,
    done: bool | None = None,
    given: dict[str, Any] | None = None,
) -> UnitProgress:
    now = timezone.now()
    row, place = _locked(enrolment, unit)
    progress = _progress(row, unit, now)
    was_done = progress.completed_at is not None
    held = {
        "completed": was_done,
        "score": progress.score,
        "success": progress.success,
    }
    if act == ProgressAct.RESET:
        progress.completed_at = progress.success = progress.score = None
        progress.place, progress.played, progress.played_for = {}, [], 0
    elif act == ProgressAct.REOPEN or not done:
        progress.completed_at = None
    elif progress.completed_at is None:
        progress.completed_at = now
    for name, value in (given or {}).items():
        setattr(progress, name, value)
    _keep(progress)
    said = {"held": held, "done": done, **(given or {})}
    _write(uuid.uuid4(), row, unit, act, said, by.pk, now)
    _settle_unit(row, place, progress, was_done, now)
    return progress


@transaction.atomic
def regrade(
    enrolment: Enrolment,
    unit: Unit,
    event_id: uuid.UUID,
    *,
    score: float,
    success: bool | None,
    by: Any,
) -> Recorded:
    """Set the score to what a confirmed, corrected key gives, lower or higher. Idempotent on `event_id`.

    Where the score decides, completion follows it, unless a trainer had said that the unit is done. A
    path that was completed stays so. An enrolment that is over is regraded too: it is history.
    """
    now = timezone.now()
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("version")
    held = row.get(pk=enrolment.pk)
    outline = read(held.version)
    place = outline.find(str(unit.uuid))
    progress = _progress(held, unit, now)
    if ProgressEvent.objects.filter(uuid=event_id).exists():
        return Recorded(held, progress, again=True)
    before = {
        "completed": progress.completed_at is not None,
        "score": progress.score,
        "success": progress.success,
    }
    progress.score, progress.success = score, success
    if place is not None and place.rule == CompletionRule.SCORE:
        if is_done(place, score=score):
            progress.completed_at = progress.completed_at or now
        elif not _was_decided(held, unit):
            progress.completed_at = None
    progress.save()
    said = {
        "held": before,
        "score": score,
        "success": success,
        "completed": progress.completed_at is not None,
    }
    _write(event_id, held, unit, ProgressAct.REGRADE, said, by.pk, now)
    settle(held, outline, now)
    return Recorded(held, progress)


def _was_decided(enrolment: Enrolment, unit: Unit) -> bool:
    """Whether the last act of a person about completion says that it is done."""
    acts = ProgressEvent.objects.filter(
        enrolment=enrolment,
        unit=unit,
        act__in=(ProgressAct.DECISION, ProgressAct.REOPEN, ProgressAct.RESET),
    )
    last = acts.order_by("at", "pk").last()
    return last is not None and last.act == ProgressAct.DECISION and bool(last.said.get("done"))
