"""The terms of one person on a path or one of its units, apart from those of everybody.

    terms = terms_for(enrolment, unit)
    allowed = terms.attempts or what_the_quiz_says

What was granted is never rewritten: `EnrolmentAct` keeps each decision with its author and reason,
and the last one is in force.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Enrolment, EnrolmentAct, Unit
from . import telling


class CannotGrant(ValidationError):
    """These terms cannot be granted; the message says why."""


@dataclass(frozen=True)
class Terms:
    """due_on: until when, None for no date. attempts: how many are allowed in all, None as for
    everybody. extra_minutes: to add to a time limit. unit_due_on: granted for this unit alone."""

    due_on: dt.date | None = None
    attempts: int | None = None
    extra_minutes: int = 0
    unit_due_on: dt.date | None = None


def terms_for(enrolment: Enrolment, unit: Unit | None = None) -> Terms:
    """The terms of a person in a unit: its own, else those of the path. One query an enrolment."""
    held = _held(enrolment)
    path = held.get(None)
    own = held.get(unit.pk) if unit is not None else None

    def term(name: str) -> Any:
        said = getattr(own, name) if own else None
        return said if said is not None else (getattr(path, name) if path else None)

    own_date = own.due_on if own else None
    due_on = own_date or enrolment.due_on
    return Terms(due_on, term("attempts"), term("extra_minutes") or 0, own_date)


def _held(enrolment: Enrolment) -> dict[int | None, EnrolmentAct]:
    """{unit or None: the act in force}, kept on the instance."""
    found: dict[int | None, EnrolmentAct] | None = getattr(enrolment, "_terms", None)
    if found is None:
        found = _in_force(enrolment)
        enrolment._terms = found  # type: ignore[attr-defined]
    return found


def _in_force(enrolment: Enrolment, *related: str) -> dict[int | None, EnrolmentAct]:
    rows = EnrolmentAct.objects.filter(enrolment=enrolment, kind=EnrolmentAct.Kind.TERMS)
    if related:
        rows = rows.select_related(*related)
    return {row.unit_id: row for row in rows.order_by("at", "pk")}


def granted_to(enrolment: Enrolment) -> list[EnrolmentAct]:
    """The terms in force that differ from those of everybody, the whole path first: one query."""
    held = _in_force(enrolment, "by", "unit")
    said = [act for act in held.values() if act.due_on or act.attempts or act.extra_minutes]
    return sorted(said, key=lambda act: (act.unit_id is not None, act.at))


@transaction.atomic
def grant(
    enrolment: Enrolment,
    *,
    by: Any,
    reason: str,
    unit: Unit | None = None,
    due_on: dt.date | None = None,
    attempts: int | None = None,
    extra_minutes: int | None = None,
) -> EnrolmentAct:
    """Set the terms of one person, all three at once: what is not said is that of everybody again.

    A due date for the whole path is written on the enrolment, where everything reads it. Raises
    CannotGrant without a reason, and where nothing would be other than it is for everybody.
    """
    if not reason.strip():
        raise CannotGrant(_("Say why: whoever follows the person will read it."))
    row = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("cohort", "path__version", "user")
        .get(pk=enrolment.pk)
    )
    if unit is not None and unit.path_id != row.path_id:
        raise CannotGrant(_("This unit is not of this path."))
    if not (due_on or attempts or extra_minutes) and not _differs(row, unit):
        raise CannotGrant(_("Give a date, attempts or more time: as it is, nothing changes."))
    if unit is None:
        due_before, row.due_on = row.due_on, due_on or _due_without(row)
        row.save(update_fields=["due_on"])
    act = EnrolmentAct.objects.create(
        enrolment=row,
        kind=EnrolmentAct.Kind.TERMS,
        unit=unit,
        due_on=due_on,
        due_before=due_before if unit is None else None,
        attempts=attempts,
        extra_minutes=extra_minutes,
        reason=reason.strip()[:255],
        by=by,
    )
    if unit is None and row.due_on != due_before:
        telling.due_changed(row.path, [row])
    enrolment.due_on = row.due_on
    enrolment.__dict__.pop("_terms", None)
    return act


def _differs(row: Enrolment, unit: Unit | None) -> bool:
    """Whether something is granted there now, which can be taken back."""
    held = _in_force(row).get(unit.pk if unit else None)
    return held is not None and bool(held.due_on or held.attempts or held.extra_minutes)


def _due_without(row: Enrolment) -> dt.date | None:
    """The due date once what was granted to this person alone is taken back."""
    granted = list(
        EnrolmentAct.objects.filter(enrolment=row, kind=EnrolmentAct.Kind.TERMS, unit=None)
    )
    if not granted or granted[-1].due_on is None:
        return row.due_on
    if row.cohort is not None:
        return row.cohort.due_for(timezone.localdate(row.created_at))
    first = next(act for act in granted if act.due_on)
    return first.due_before


def with_own_due_date(rows: Any) -> set[int]:
    """Of these enrolments, the primary keys of those whose due date was granted to them alone."""
    acts = EnrolmentAct.objects.filter(
        enrolment__in=rows, kind=EnrolmentAct.Kind.TERMS, unit=None
    ).order_by("at", "pk")
    last = dict(acts.values_list("enrolment", "due_on"))
    return {pk for pk, due_on in last.items() if due_on}
