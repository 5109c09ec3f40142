"""Past attendance read from a CSV file: staged with what is wrong in each line, then written as a whole.

One line a person and session: module, city (empty: remote), dates, person, half-days attended and
due. Lines of the same module, city and dates are one session. What is already recorded is left as
it is, so that the same file twice imports nothing twice. Nobody is told, no certificate is issued.
"""

import datetime as dt
import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..csv_rows import Row, read_upload
from ..kinds import EvidenceKind, ImportState, Mode, Outcome, RegistrationState, SessionState
from ..models import (
    AttendanceImport,
    AttendanceImportRow,
    Registration,
    RegistrationEvent,
    Session,
    SessionDate,
    TrainingEvidence,
)
from ..services.sessions import Slot, set_dates
from .columns import COLUMNS
from .lines import Entry, batches, days_of, understand

UNDO_DAYS = 30
KEEP_LINES = dt.timedelta(days=30)


class CannotImport(ValidationError):
    """The import cannot go on; the message says why."""


# -- Staging ---------------------------------------------------------------------------------------


def stage(file: Any, *, by: Any) -> AttendanceImport:
    """Read a file and keep its lines with what is wrong in each. Raises ValidationError."""
    rows = read_upload(file, COLUMNS)
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    reading = understand(rows)
    known = {entry.line for entry in reading.entries if entry.known}
    with transaction.atomic():
        source = AttendanceImport.objects.create(filename=file.name[:200], sha256=digest, by=by)
        AttendanceImportRow.objects.bulk_create(
            [
                AttendanceImportRow(
                    source=source,
                    line=row.line,
                    cells=row.cells,
                    problem=reading.problems.get(row.line, "")[:300],
                    known=row.line in known,
                )
                for row in rows
            ],
            batch_size=500,
        )
    return source


# -- Writing ---------------------------------------------------------------------------------------


@transaction.atomic
def apply(source: AttendanceImport, *, by: Any, without_rejected: bool = False) -> AttendanceImport:
    """Write what was staged, all or nothing unless `without_rejected`. Twice is once.

    Lines are checked again: the site may have changed since. Raises CannotImport.
    """
    source = AttendanceImport.objects.select_for_update().get(pk=source.pk)
    if source.state == ImportState.APPLIED:
        return source
    if source.state != ImportState.STAGED:
        raise CannotImport(_("This import was undone: send the file again."))
    staged = list(source.rows.all())
    if not staged:
        raise CannotImport(_("The lines of this file were erased: send it again."))
    unread = {row.line: row.problem for row in staged if row.problem}
    reading = understand(Row(row.line, row.cells) for row in staged)
    problems = unread | reading.problems
    if problems and not without_rejected:
        raise CannotImport(_("Some lines are rejected: correct the file, or import the others."))
    entries = [entry for entry in reading.new if entry.line not in problems]
    if not entries:
        raise CannotImport(_("There is nothing to import in this file."))
    sessions = _sessions_for(entries, by)
    rows = _register(entries, sessions, by)
    _remember(source, staged, entries, rows, problems)
    source.sessions.add(*sessions.values())
    source.state, source.applied_at, source.imported = (
        ImportState.APPLIED,
        timezone.now(),
        len(rows),
    )
    source.save(update_fields=["state", "applied_at", "imported"])
    log(instance=source, action="learning.import", user=by, data={"lines": len(rows)})
    return source


def _sessions_for(entries: list[Entry], by: Any) -> dict[tuple[Any, ...], Session]:
    """The session of each key: imported before, or made now, closed."""
    made = {}
    for entry in entries:
        if entry.key not in made:
            made[entry.key] = _imported_before(entry) or _make(entry, by)
    return made


def _imported_before(entry: Entry) -> Session | None:
    rows = Session.objects.filter(
        module=entry.module, commune=entry.commune, attendance_imports__isnull=False
    ).prefetch_related("dates")
    return next((session for session in rows if days_of(session) == entry.dates), None)


def _make(entry: Entry, by: Any) -> Session:
    session = Session.objects.create(
        module=entry.module,
        kind=entry.kind,
        mode=Mode.IN_PERSON if entry.commune else Mode.REMOTE,
        commune=entry.commune,
        state=SessionState.DRAFT,
        minimum=1,
    )
    zone = session.zone
    slots = [
        Slot(
            dt.datetime.combine(day, dt.time(9), zone), dt.datetime.combine(day, dt.time(17), zone)
        )
        for day in entry.dates
    ]
    set_dates(session, slots, by=by)
    session.refresh_from_db()
    session.state, session.closed_at, session.closed_by = (
        SessionState.CLOSED,
        session.last_ends_at,
        by,
    )
    session.save()
    return session


def _register(
    entries: list[Entry], sessions: dict[tuple[Any, ...], Session], by: Any
) -> list[Registration]:
    rows = [
        Registration(
            session=sessions[entry.key],
            user=entry.user,
            maison=entry.maison,
            state=RegistrationState.CONFIRMED,
            remote=entry.commune is None,
            registered_by=by,
            half_days_due=entry.due,
            half_days_present=entry.attended,
            outcome=_outcome(entry),
        )
        for entry in entries
    ]
    Registration.objects.bulk_create(rows, batch_size=500)
    RegistrationEvent.objects.bulk_create(
        [
            RegistrationEvent(
                registration=row,
                after=RegistrationState.CONFIRMED,
                by=by,
                reason=_("Past attendance imported."),
            )
            for row in rows
        ],
        batch_size=500,
    )
    TrainingEvidence.objects.bulk_create(
        [
            TrainingEvidence(
                kind=EvidenceKind.TRAINED,
                maison=entry.maison,
                operator_id=entry.module.operator_id,
                module=entry.module,
                date=entry.dates[-1],
                registration=row,
            )
            for entry, row in zip(entries, rows, strict=True)
            if entry.maison is not None and row.outcome == Outcome.ATTENDED
        ],
        batch_size=500,
    )
    return rows


def _outcome(entry: Entry) -> str:
    if entry.attended == entry.due:
        return Outcome.ATTENDED
    return Outcome.PARTLY if entry.attended else Outcome.ABSENT


def _remember(
    source: AttendanceImport,
    staged: list[AttendanceImportRow],
    entries: list[Entry],
    rows: list[Registration],
    problems: dict[int, str],
) -> None:
    made = {entry.line: row for entry, row in zip(entries, rows, strict=True)}
    for line in staged:
        line.registration = made.get(line.line)
        line.problem = problems.get(line.line, "")[:300]
        line.known = line.registration is None and not line.problem
    AttendanceImportRow.objects.bulk_update(
        staged, ["registration", "problem", "known"], batch_size=500
    )


# -- Undoing ---------------------------------------------------------------------------------------


def may_undo(source: AttendanceImport, now: dt.datetime | None = None) -> bool:
    """Within thirty days of the import."""
    until = source.applied_at and source.applied_at + dt.timedelta(days=UNDO_DAYS)
    return (
        source.state == ImportState.APPLIED
        and until is not None
        and (now or timezone.now()) < until
    )


@transaction.atomic
def undo(source: AttendanceImport, *, by: Any, now: dt.datetime | None = None) -> AttendanceImport:
    """Take away all that an import wrote. Raises CannotImport when something was built upon it."""
    now = now or timezone.now()
    source = AttendanceImport.objects.select_for_update().get(pk=source.pk)
    if source.state == ImportState.UNDONE:
        return source
    if not may_undo(source, now):
        raise CannotImport(
            _("An import is undone within %(n)d days of being written.") % {"n": UNDO_DAYS}
        )
    made = source.rows.filter(registration__isnull=False).values_list("registration", flat=True)
    registrations = list(made)
    try:
        with transaction.atomic():
            _take_away(source, registrations)
    except ProtectedError as error:
        raise CannotImport(
            _("Something was added to what it wrote since: it can no longer be undone as a whole.")
        ) from error
    source.state, source.undone_at, source.undone_by = ImportState.UNDONE, now, by
    source.save(update_fields=["state", "undone_at", "undone_by"])
    log(instance=source, action="learning.undo-import", user=by, data={"lines": len(registrations)})
    return source


def _take_away(source: AttendanceImport, registrations: list[int]) -> None:
    """Raises ProtectedError where a row is named by another that the import did not write."""
    for some in batches(registrations):
        TrainingEvidence.objects.filter(registration__in=some).delete()
        RegistrationEvent.objects.filter(registration__in=some).delete()
        Registration.objects.filter(pk__in=some).delete()
    # A session to which another import added people stays.
    empty = source.sessions.filter(registrations__isnull=True)
    ids = list(empty.values_list("pk", flat=True))
    source.sessions.clear()
    SessionDate.objects.filter(session__in=ids).delete()
    Session.objects.filter(pk__in=ids).delete()


# -- Purging ---------------------------------------------------------------------------------------


def purge_lines(now: dt.datetime) -> int:
    """Lines of files end 30 days after they were read; those written, once no undo needs them."""
    before = now - KEEP_LINES
    old = Q(source__created_at__lt=before) & ~Q(source__state=ImportState.APPLIED)
    old |= Q(source__applied_at__lt=before)
    return AttendanceImportRow.objects.filter(old).delete()[0]
