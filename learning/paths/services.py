"""Enrolling, moving to a newer version, leaving, starting again: one transaction each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maisons.models import Membership

from ..models import Cohort, Enrolment, EnrolmentAct, LearningPath, LearningPathPage
from . import record, structure, wording
from .kinds import EnrolmentSource, EnrolmentState


class CannotEnrol(ValidationError):
    """The person cannot be enrolled; the message says why."""


def page_of(path: LearningPath) -> LearningPathPage | None:
    """The French page of a path, which holds its dates."""
    pages = LearningPathPage.objects.filter(translation_key=path.uuid, live=True)
    return pages.select_related("locale").order_by("locale_id").first()


def takes(page: LearningPathPage | None, today: dt.date) -> str:
    """Why nobody may enrol now; empty when one may."""
    if page is None:
        return _("This path is no longer offered.")
    if page.opens_on and today < page.opens_on:
        return _("This path is not open yet.")
    if page.closes_on and today > page.closes_on:
        return _("Enrolment in this path is over.")
    return ""


def paths_missing(page: LearningPathPage, person: Any) -> list[str]:
    """Titles of the paths to complete before this one, that the person did not complete."""
    return paths_missing_by_person(page, [person.pk]).get(person.pk, [])


def paths_missing_by_person(page: LearningPathPage, people: list[int]) -> dict[int, list[str]]:
    """{person: titles of the paths to complete before this one}: two queries at most.

    What was completed counts while it is valid, whichever round it was; whoever has begun this path
    goes on with it.
    """
    needed = list(page.needs.all())
    if not needed:
        return {}
    held = Enrolment.objects.filter(
        user__in=people,
        state=EnrolmentState.COMPLETED,
        path__uuid__in=[each.translation_key for each in needed],
    ).exclude(expires_on__lt=timezone.localdate())
    done = set(held.values_list("user_id", "path__uuid"))
    return {
        pk: [each.title for each in needed if (pk, each.translation_key) not in done]
        for pk in people
    }


def maisons_of(people: Iterable[int]) -> dict[int, int]:
    """{person: the Maison on whose behalf they learn}: the first of those they are a member of now."""
    held = Membership.objects.in_force().filter(user__in=people).order_by("-starts_at", "-pk")
    return dict(held.values_list("user_id", "maison_id"))


class Fate(TextChoices):
    """What became of somebody whom one wanted to enrol."""

    NEW = "new", gettext_lazy("Enrolled")
    BACK = "back", gettext_lazy("Enrolled again, where they had stopped")
    JOINED = "joined", gettext_lazy("Already enrolled, now in the cohort")
    ALREADY = "already", gettext_lazy("Already enrolled")
    REFUSED = "refused", gettext_lazy("Not enrolled")


@dataclass
class Outcome:
    """What became of one person, and why not when they are refused."""

    person: Any
    fate: Fate
    enrolment: Enrolment | None = None
    reason: str = ""


def enrol(
    path: LearningPath,
    person: Any,
    *,
    by: Any,
    source: str = EnrolmentSource.SELF,
    due_on: dt.date | None = None,
) -> Enrolment:
    """Enrol somebody in the version in force. Enrolled already: left as they are.

    Two requests at the same moment give one row. Raises CannotEnrol.
    """
    [outcome] = enrol_many(path, [person], by=by, source=source, due_on=due_on)
    if outcome.enrolment is None:
        raise CannotEnrol(outcome.reason)
    return outcome.enrolment


@transaction.atomic
def enrol_many(
    path: LearningPath,
    people: Iterable[Any],
    *,
    by: Any,
    source: str = EnrolmentSource.SELF,
    due_on: dt.date | None = None,
    cohort: Cohort | None = None,
    dues: Mapping[int, dt.date | None] | None = None,
    comes_back: bool = True,
) -> list[Outcome]:
    """Enrol people in the version in force, in a number of queries that does not grow with them.

    due_on: for all; dues: of some, by primary key; else that of the cohort. Who left comes back and
    finds everything as it was; who is enrolled already stays so, and enters the cohort when they
    are in none. What must come before is asked of those who begin. The path is held until the end of the
    transaction: nobody is enrolled twice.
    """
    path = structure.hold(path.pk)
    page = page_of(path)
    chosen = list({person.pk: person for person in people}.values())
    pks = [person.pk for person in chosen]
    rows = Enrolment.objects.filter(path=path, user__in=pks, superseded=False)
    held = {row.user_id: row for row in rows.select_for_update(of=("self",))}
    why_all = _why_nobody(path, page)
    missing = paths_missing_by_person(page, pks) if page else {}
    due = due_on or (cohort.due_for(timezone.localdate()) if cohort else None)
    dues = {pk: (dues or {}).get(pk) or due for pk in pks}
    outcomes = []
    for person in chosen:
        row = held.get(person.pk)
        if row is not None and row.state != EnrolmentState.LEFT:
            outcomes.append(Outcome(person, Fate.ALREADY, row))
        elif row is not None and not comes_back:
            outcomes.append(Outcome(person, Fate.REFUSED, reason=_("Left this path.")))
        elif why := why_all or _why_not(person, {} if row else missing):
            outcomes.append(Outcome(person, Fate.REFUSED, reason=why))
        else:
            outcomes.append(Outcome(person, Fate.BACK if row else Fate.NEW, row))
    _add(path, outcomes, source=source, by=by, cohort=cohort, dues=dues)
    _bring_back(outcomes, by=by, cohort=cohort, dues=dues)
    _join(outcomes, by=by, cohort=cohort, dues=dues)
    return outcomes


def _why_nobody(path: LearningPath, page: LearningPathPage | None) -> str:
    if why := takes(page, timezone.localdate()):
        return why
    return "" if path.version else _("This path has no unit yet.")


def _why_not(person: Any, missing: Mapping[int, list[str]]) -> str:
    if not person.is_active:
        return _("This account is no longer active.")
    if paths := missing.get(person.pk):
        return wording.to_complete_first(paths)
    return ""


def _add(
    path: LearningPath,
    outcomes: list[Outcome],
    *,
    source: str,
    by: Any,
    cohort: Cohort | None,
    dues: Mapping[int, dt.date | None],
) -> None:
    """Write the rows of those who are new: nothing is done yet."""
    new = [outcome for outcome in outcomes if outcome.fate == Fate.NEW]
    if not new or path.version is None:
        return
    maisons = maisons_of(outcome.person.pk for outcome in new)
    now, due = timezone.now(), record.required_of(path.pk, structure.read(path.version))
    for outcome in new:
        outcome.enrolment = Enrolment(
            path=path,
            user=outcome.person,
            version=path.version,
            source=source,
            enrolled_by=by,
            cohort=cohort,
            due_on=dues[outcome.person.pk],
            maison_id=maisons.get(outcome.person.pk),
            created_at=now,
            due=len(due),
        )
    made = [outcome.enrolment for outcome in new if outcome.enrolment]
    Enrolment.objects.bulk_create(made, batch_size=500)


def _bring_back(
    outcomes: list[Outcome],
    *,
    by: Any,
    cohort: Cohort | None,
    dues: Mapping[int, dt.date | None],
) -> None:
    """Those who had left: everything is as it was, but a due date that is said anew."""
    back = [o.enrolment for o in outcomes if o.fate == Fate.BACK and o.enrolment]
    for row in back:
        row.state = EnrolmentState.ACTIVE
        row.due_on = dues[row.user_id] or row.due_on
        row.cohort = row.cohort if row.cohort_id else cohort
    Enrolment.objects.bulk_update(back, ["state", "due_on", "cohort"], batch_size=500)
    _write_acts(EnrolmentAct.Kind.RESTORED, back, by)


def _join(
    outcomes: list[Outcome],
    *,
    by: Any,
    cohort: Cohort | None,
    dues: Mapping[int, dt.date | None],
) -> None:
    """Those who follow the path on their own, and now with the cohort."""
    joined = []
    for outcome in outcomes:
        row = outcome.enrolment
        on_their_own = row is not None and row.cohort_id is None
        if (
            cohort is None
            or row is None
            or outcome.fate != Fate.ALREADY
            or not on_their_own
            or row.state != EnrolmentState.ACTIVE
        ):
            continue
        outcome.fate, row.cohort = Fate.JOINED, cohort
        row.due_on = row.due_on or dues[row.user_id]
        joined.append(row)
    Enrolment.objects.bulk_update(joined, ["cohort", "due_on"], batch_size=500)
    _write_acts(EnrolmentAct.Kind.COHORT, joined, by)


def _write_acts(kind: str, rows: list[Enrolment], by: Any) -> None:
    EnrolmentAct.objects.bulk_create(
        EnrolmentAct(enrolment=row, kind=kind, cohort=row.cohort, due_on=row.due_on, by=by)
        for row in rows
    )


def paths_of_module(module: Any) -> list[LearningPath]:
    """The paths in which those present at a session of this module are enrolled."""
    pages = LearningPathPage.objects.filter(
        module__translation_key=module.translation_key, live=True
    )
    keys = set(pages.values_list("translation_key", flat=True))
    found = LearningPath.objects.filter(uuid__in=keys, archived_at=None).exclude(version=None)
    # Always in the same order: two closings never wait for each other's paths.
    return list(found.order_by("pk"))


@transaction.atomic
def take_version(enrolment: Enrolment) -> Enrolment:
    """Move to the version in force; what was done stays done. A completed path stays in its version."""
    row = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("path__version")
        .get(pk=enrolment.pk)
    )
    newest = row.path.version
    if row.state != EnrolmentState.ACTIVE or newest is None or newest.pk == row.version_id:
        return row
    row.version = newest
    record.settle(row, structure.read(newest), timezone.now())
    return row


@transaction.atomic
def leave(enrolment: Enrolment, *, by: Any = None, reason: str = "") -> Enrolment:
    """Leave a path that is not completed; coming back finds everything as it was.

    by: who takes somebody out; the person themselves unless said.
    """
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if row.state == EnrolmentState.ACTIVE and not row.superseded:
        row.state = EnrolmentState.LEFT
        row.save(update_fields=["state"])
        EnrolmentAct.objects.create(
            enrolment=row,
            kind=EnrolmentAct.Kind.LEFT,
            cohort_id=row.cohort_id,
            reason=reason.strip()[:255],
            by_id=by.pk if by else row.user_id,
        )
    return row


def has_left(path: LearningPath, person: Any) -> bool:
    """Whether somebody left a path: coming back, they find everything as it was."""
    if not person.is_authenticated:
        return False
    rows = Enrolment.objects.filter(path=path, user=person, superseded=False)
    return rows.filter(state=EnrolmentState.LEFT).exists()


@transaction.atomic
def restore(enrolment: Enrolment, *, by: Any, reason: str = "") -> Enrolment:
    """Take back somebody who left, whatever the dates of the path: everything is as it was."""
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if row.state == EnrolmentState.LEFT and not row.superseded:
        row.state = EnrolmentState.ACTIVE
        row.save(update_fields=["state"])
        EnrolmentAct.objects.create(
            enrolment=row,
            kind=EnrolmentAct.Kind.RESTORED,
            cohort_id=row.cohort_id,
            due_on=row.due_on,
            reason=reason.strip()[:255],
            by=by,
        )
    return row


@transaction.atomic
def start_again(
    enrolment: Enrolment,
    *,
    by: Any,
    source: str = EnrolmentSource.SELF,
    due_on: dt.date | None = None,
) -> Enrolment:
    """A new round of a completed path, in the version in force; the completed one stays as it is.

    Asked twice at the same moment, it is one round. by: None for the clock.
    """
    path = structure.hold(enrolment.path_id)
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if row.superseded:
        return Enrolment.objects.get(path=path, user=row.user_id, superseded=False)
    if row.state != EnrolmentState.COMPLETED or path.version is None:
        return row
    row.superseded = True
    row.save(update_fields=["superseded"])
    fresh = Enrolment.objects.create(
        path=path,
        user_id=row.user_id,
        version=path.version,
        round=row.round + 1,
        source=source,
        enrolled_by=by,
        due_on=due_on,
        maison_id=maisons_of([row.user_id]).get(row.user_id),
        due=len(record.required_of(path.pk, structure.read(path.version))),
    )
    EnrolmentAct.objects.create(
        enrolment=fresh, kind=EnrolmentAct.Kind.RENEWED, due_on=due_on, by=by
    )
    return fresh
