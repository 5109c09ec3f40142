"""Enrolling, moving to a newer version, leaving, starting again: one transaction each."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maisons.models import Membership

from ..models import Enrolment, LearningPath, LearningPathPage
from . import record, structure
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
    needed = list(page.needs.all())
    if not needed:
        return []
    held = Enrolment.objects.filter(
        user=person,
        state=EnrolmentState.COMPLETED,
        path__uuid__in=[each.translation_key for each in needed],
    )
    done = set(held.values_list("path__uuid", flat=True))
    return [each.title for each in needed if each.translation_key not in done]


def maison_of(person: Any) -> int | None:
    """The Maison on whose behalf somebody learns: the first of those they are a member of now."""
    held = Membership.objects.in_force().filter(user=person).order_by("starts_at", "pk")
    return held.values_list("maison_id", flat=True).first()


@transaction.atomic
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
    now = timezone.now()
    held = Enrolment.objects.filter(path=path, user=person, superseded=False).first()
    if held is not None and held.state != EnrolmentState.LEFT:
        return held
    if not person.is_active:
        raise CannotEnrol(_("This account is no longer active."))
    page = page_of(path)
    if page is None:
        raise CannotEnrol(_("This path is no longer offered."))
    if why := takes(page, timezone.localdate()):
        raise CannotEnrol(why)
    if missing := paths_missing(page, person):
        raise CannotEnrol(_("Complete first: %(paths)s.") % {"paths": ", ".join(missing)})
    path = LearningPath.objects.select_related("version").get(pk=path.pk)
    if path.version is None:
        raise CannotEnrol(_("This path has no unit yet."))
    if held is not None:
        held.state, held.due_on = EnrolmentState.ACTIVE, due_on
        held.save(update_fields=["state", "due_on"])
        return held
    row = Enrolment(
        path=path,
        user=person,
        version=path.version,
        source=source,
        enrolled_by=by,
        due_on=due_on,
        maison_id=maison_of(person),
        created_at=now,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Enrolment.objects.get(path=path, user=person, superseded=False)
    record.count(row, structure.read(path.version))
    row.save(update_fields=["done", "due"])
    return row


def paths_of_module(module: Any) -> list[LearningPath]:
    """The paths in which those present at a session of this module are enrolled."""
    pages = LearningPathPage.objects.filter(
        module__translation_key=module.translation_key, live=True
    )
    keys = set(pages.values_list("translation_key", flat=True))
    return list(LearningPath.objects.filter(uuid__in=keys, archived_at=None).exclude(version=None))


def enrol_after(path: LearningPath, person: Any, *, by: Any) -> Enrolment | None:
    """Enrol somebody who was present at a session; None when the path takes nobody, or not them."""
    try:
        return enrol(path, person, by=by, source=EnrolmentSource.SESSION)
    except CannotEnrol:
        return None


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
def leave(enrolment: Enrolment) -> Enrolment:
    """Leave a path that is not completed; coming back finds everything as it was."""
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if row.state == EnrolmentState.ACTIVE:
        row.state = EnrolmentState.LEFT
        row.save(update_fields=["state"])
    return row


@transaction.atomic
def start_again(enrolment: Enrolment, *, by: Any) -> Enrolment:
    """A new round of a completed path, in the version in force; the completed one stays as it is."""
    row = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("path__version")
        .get(pk=enrolment.pk)
    )
    if row.superseded or row.state != EnrolmentState.COMPLETED or row.path.version is None:
        return row
    row.superseded = True
    row.save(update_fields=["superseded"])
    fresh = Enrolment.objects.create(
        path=row.path,
        user_id=row.user_id,
        version=row.path.version,
        round=row.round + 1,
        enrolled_by=by,
        maison_id=maison_of(row.user),
    )
    record.count(fresh, structure.read(fresh.version))
    fresh.save(update_fields=["done", "due"])
    return fresh
