"""Completed paths of the demonstration with their attestations, one of which was replaced.

All of it is fictitious. What exists is left as it is. A few files are made here, by the code of the
tasks; the worker makes the others.
"""

import contextlib
import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry

from ..models import Enrolment, LearningPath, PathCertificate, Unit
from ..paths import services as paths
from ..paths import structure
from ..paths.demo import SLUGS, advance
from ..paths.record import count
from . import files, services

AGENT, NATIONAL = "agent@example.org", "cellule@example.org"
# Days since each of them completed the first path.
AGO = (160, 45, 12)
A_YEAR_AGO = 380
MADE_HERE = 4
REASON = "Nom de famille mal orthographié (fictif)"


def load() -> None:
    """Whole or not at all, files apart."""
    path = _path(SLUGS[0])
    if path is None or PathCertificate.objects.filter(enrolment__user__email=AGENT).exists():
        return
    with transaction.atomic():
        _team_completes(path)
        second = _path(SLUGS[1])
        agent = User.objects.filter(email=AGENT).first()
        if second is not None and agent is not None:
            _followed_once_before(second, agent)
        _issue_the_others()
    _replace_one()
    for row in PathCertificate.objects.order_by("issued_at")[:MADE_HERE]:
        # A machine without Pango keeps the rest of the demonstration.
        with contextlib.suppress(Exception):
            files.make_attestation.func(row.pk)


def _path(slug: str) -> LearningPath | None:
    from ..models import LearningPathPage

    page = LearningPathPage.objects.filter(slug=f"parcours-{slug}", is_fictitious=True).first()
    if page is None:
        return None
    rows = LearningPath.objects.select_related("version").exclude(version=None)
    return rows.filter(uuid=page.translation_key).first()


def _units(path: LearningPath) -> list[Unit]:
    assert path.version is not None  # noqa: S101
    known = {str(unit.uuid): unit for unit in Unit.objects.filter(path=path)}
    return [known[unit.uuid] for unit in structure.read(path.version).units()]


def _team_completes(path: LearningPath) -> None:
    team = User.objects.filter(email__contains=".equipe@", email__endswith=".example.org")
    strangers = team.exclude(enrolments__path=path).order_by("pk")
    now = timezone.now()
    for person, days in zip(strangers, AGO, strict=False):
        enrolment = paths.enrol(path, person, by=person)
        advance(enrolment, _units(path), now - dt.timedelta(days=days))


def _followed_once_before(path: LearningPath, person: Any) -> None:
    """A first round that was completed a year ago; the one in progress is the second."""
    held = Enrolment.objects.filter(path=path, user=person, superseded=False, round=1).first()
    if held is None or held.state == Enrolment.State.COMPLETED:
        return
    Enrolment.objects.filter(pk=held.pk).update(round=2, superseded=True)
    first = Enrolment.objects.create(path=path, user=person, version=path.version)
    count(first, structure.read(first.version))
    first.save(update_fields=["done", "due"])
    advance(first, _units(path), timezone.now() - dt.timedelta(days=A_YEAR_AGO))
    Enrolment.objects.filter(pk=first.pk).update(superseded=True)
    Enrolment.objects.filter(pk=held.pk).update(superseded=False)


def _issue_the_others() -> None:
    """Those whose completion was written down by other rooms, on the day they completed."""
    rows = Enrolment.objects.filter(state=Enrolment.State.COMPLETED, certificates=None)
    for row in rows.order_by("completed_at", "pk"):
        services.issue(row, row.completed_at)


def _replace_one() -> None:
    by = User.objects.filter(email=NATIONAL).first()
    rows = PathCertificate.objects.standing().exclude(enrolment__user__email=AGENT)
    row = rows.order_by("issued_at").first()
    if by is not None and row is not None:
        services.revoke(row, by=by, reason=REASON, replace=True)


class DemoLoader:
    # After what people do in the paths.
    order = 75

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.credentials", DemoLoader())
