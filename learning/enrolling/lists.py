"""Enrolling from a file: it is read and checked line by line, shown, then written whole."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import people_lists
from ..csv_rows import Column, Row
from ..models import Cohort, Enrolment, EnrolmentImport, EnrolmentImportRow, LearningPath
from ..paths.kinds import EnrolmentSource, EnrolmentState
from ..paths.services import Fate, Outcome, page_of, paths_missing_by_person
from ..paths.wording import to_complete_first
from ..people_lists import Incomplete
from ..running import people
from ..running.batches import COLUMNS as WHO
from ..running.batches import Known, known_to, resolve
from . import rules, services

Verdict = EnrolmentImportRow.Verdict
MOST_ROWS = 2_000
DUE_ON = Column(
    "due_on",
    gettext_lazy("To complete by"),
    ("échéance", "date limite", "à terminer avant le", "due date"),
    False,
)
COLUMNS = (*WHO, DUE_ON)


@dataclass
class Checked(people_lists.Line):
    """A line and what was found of it."""

    due_on: dt.date | None = None


def known(user: Any, cohort: Cohort | None) -> Known:
    """Whom one may name: one's team; in a cohort, the people within its trainer's reach."""
    if cohort is None:
        return known_to(user)
    found = Known(steers=True)
    for person in people.with_maisons(rules.within_reach(user)):
        for member in person.current or [None]:  # type: ignore[attr-defined]
            found.add(person, member.maison if member else None)
    return found


def check(
    rows: Iterable[Row], path: LearningPath, user: Any, cohort: Cohort | None = None
) -> list[Checked]:
    """Whom each line names, and whether they can be enrolled: a constant number of queries."""
    names = known(user, cohort)
    seen: dict[int, int] = {}
    lines = [_read_line(row, names, seen) for row in rows]
    named = [line for line in lines if line.verdict == Verdict.GOOD]
    pks = [line.person.pk for line in named]
    held = {
        row.user_id: row
        for row in Enrolment.objects.filter(path=path, user__in=pks, superseded=False)
    }
    page = page_of(path)
    missing = paths_missing_by_person(page, pks) if page else {}
    for line in named:
        _say_what_becomes(line, held.get(line.person.pk), missing, cohort)
    return lines


def _read_line(row: Row, names: Known, seen: dict[int, int]) -> Checked:
    line = Checked(row)
    try:
        line.person, _maison = resolve(row, names)
        line.due_on = read_date(row["due_on"])
        line.check_once(seen)
    except ValidationError as error:
        line.reject(" ".join(error.messages))
    return line


def _say_what_becomes(
    line: Checked,
    held: Enrolment | None,
    missing: dict[int, list[str]],
    cohort: Cohort | None,
) -> None:
    if held is not None and held.state != EnrolmentState.LEFT:
        joins = cohort and held.cohort_id is None and held.state == EnrolmentState.ACTIVE
        if joins:
            line.reason = str(Fate.JOINED.label)
        else:
            line.verdict, line.reason = Verdict.ALREADY, str(held.get_state_display())
    elif held is None and (titles := missing.get(line.person.pk)):
        line.reject(to_complete_first(titles))
    elif held is not None:
        line.reason = str(Fate.BACK.label)


def read_date(said: str) -> dt.date | None:
    """A date as French spreadsheets write it, or as ISO 8601. Raises ValidationError."""
    if not said:
        return None
    parts = said.replace(".", "/").split("/")
    text = "-".join(part.zfill(2) for part in reversed(parts)) if len(parts) == 3 else said
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("This is not a date: write 31/12/2026."))
    if found < timezone.localdate():
        raise ValidationError(_("The due date is past."))
    return found


def read(
    path: LearningPath,
    file: Any,
    *,
    by: Any,
    cohort: Cohort | None = None,
    due_on: dt.date | None = None,
) -> EnrolmentImport:
    """Read a file and keep what was found of it; nobody is enrolled yet.

    Raises ValidationError for a file that cannot be read as a whole, or that is too long.
    """
    rows = people_lists.rows_of(file, COLUMNS, MOST_ROWS)
    checked = check(rows, path, by, cohort)
    batch = EnrolmentImport(path=path, cohort=cohort, due_on=due_on, by=by)
    kept: EnrolmentImport = people_lists.keep(
        batch, file, checked, lambda line: {"due_on": line.due_on}
    )
    return kept


@transaction.atomic
def write(batch: EnrolmentImport, *, by: Any, partly: bool = False) -> EnrolmentImport:
    """Enrol the people of a list: all, or nobody. Written once, it stays so.

    partly: leave out the lines that are rejected, and those that can no longer be enrolled.
    Raises Incomplete, with the reasons.
    """
    batch = (
        EnrolmentImport.objects.select_for_update(of=("self",))
        .select_related("path__version", "cohort")
        .get(pk=batch.pk)
    )
    if batch.state == EnrolmentImport.State.WRITTEN:
        return batch
    if batch.cohort is not None and not batch.cohort.is_open:
        raise Incomplete(_("This cohort is closed."))
    rows = list(batch.rows.select_related("person"))
    if not partly and any(row.verdict == Verdict.REJECTED for row in rows):
        raise Incomplete(_("Some lines are rejected: nobody was enrolled."))
    _enrol(batch, rows, by, partly)
    batch.state = EnrolmentImport.State.WRITTEN
    batch.save(update_fields=["state"])
    EnrolmentImportRow.objects.bulk_update(rows, ["verdict", "reason"], batch_size=500)
    return batch


def _enrol(batch: EnrolmentImport, rows: list[Any], by: Any, partly: bool) -> None:
    good = [row for row in rows if row.verdict == Verdict.GOOD]
    allowed = _still_allowed(batch, good, by)
    outcomes = services.enrol_people(
        batch.path,
        [row.person for row in good if row.person_id in allowed],
        by=by,
        source=EnrolmentSource.IMPORT,
        due_on=batch.due_on,
        cohort=batch.cohort,
        dues={row.person_id: row.due_on for row in good if row.due_on},
    )
    fates = {outcome.person.pk: outcome for outcome in outcomes}
    for row in good:
        _say_what_became(row, fates.get(row.person_id), partly)


def _say_what_became(row: EnrolmentImportRow, outcome: Outcome | None, partly: bool) -> None:
    why = outcome.reason if outcome else _("This person left your team.")
    if outcome is not None and outcome.fate != Fate.REFUSED:
        there = outcome.fate == Fate.ALREADY
        row.verdict = Verdict.ALREADY if there else Verdict.DONE
        row.reason = str(outcome.fate.label)
    elif partly:
        row.verdict, row.reason = Verdict.REJECTED, why[:300]
    else:
        raise Incomplete(
            _("Line %(line)d: %(reason)s Nobody was enrolled.") % {"line": row.line, "reason": why}
        )


def _still_allowed(batch: EnrolmentImport, rows: list[Any], by: Any) -> set[int]:
    """Those of the list whom one may still enrol: a membership may have ended since."""
    from ..rules import steers, team_of

    asked = [row.person_id for row in rows]
    if batch.cohort is not None:
        found = rules.within_reach(by)
    elif steers(by):
        found = people.members()
    else:
        return set(team_of(by).filter(user__in=asked).values_list("user_id", flat=True))
    return set(found.filter(pk__in=asked).values_list("pk", flat=True))
