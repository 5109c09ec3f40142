"""Telling those who follow a path that its new version changes something for them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Frequency
from accounts.notify import Kind, notify
from cms import registry
from cms.jobs import Job

from ..models import Enrolment, LearningPath, PathVersion
from ..paths import structure
from ..paths.kinds import EnrolmentState

# An author who publishes several times in a row is told of once.
SETTLED = dt.timedelta(hours=1)
RECENT = dt.timedelta(days=2)
MOST_NAMED = 5


def in_words(change: structure.Change) -> str:
    """ "Added: Trier, Agir. Done otherwise: Lire."."""
    said = (
        (_("Added: %(units)s."), change.added),
        (_("Taken away: %(units)s."), change.removed),
        (_("Done otherwise: %(units)s."), change.altered),
        (_("In another place: %(units)s."), change.moved),
    )
    return " ".join(text % {"units": _named(titles)} for text, titles in said if titles)


def _named(titles: list[str]) -> str:
    shown = ", ".join(titles[:MOST_NAMED])
    return f"{shown}…" if len(titles) > MOST_NAMED else shown


def _text(context: dict[str, Any]) -> str:
    kept = _("What you did stays done: you choose when to take the new version.")
    return f"{in_words(structure.Change(**context['change']))} {kept}"


KIND = Kind(
    code="learning.path-changed",
    label=gettext_lazy("A path that I follow changes"),
    title=lambda context: _("The path “%(title)s” has changed") % context,
    text=_text,
    mail=Frequency.DAILY,
)
registry.notification_kinds.register(KIND.code, KIND)


def tell_changes(now: dt.datetime | None = None) -> int:
    """Tell of the versions that came out lately, once for each person. Returns how many were told."""
    now = now or timezone.now()
    lately = LearningPath.objects.filter(
        version__number__gt=1,
        version__created_at__gt=now - RECENT,
        version__created_at__lte=now - SETTLED,
    )
    return sum(_tell(path) for path in lately.select_related("version"))


@transaction.atomic
def _tell(path: LearningPath) -> int:
    newest = path.version
    assert newest is not None  # noqa: S101
    rows = (
        Enrolment.objects.filter(path=path, superseded=False, state=EnrolmentState.ACTIVE)
        .exclude(version=newest)
        .select_related("user")
    )
    by_version: dict[int, list[Any]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, []).append(row.user)
    held = PathVersion.objects.in_bulk(by_version)
    after = structure.read(newest)
    told = 0
    for pk, people in by_version.items():
        if change := structure.compare(structure.read(held[pk]), after):
            context = {
                "title": after.title,
                "url": path.get_absolute_url(),
                "change": vars(change),
            }
            told += notify(KIND.code, people, context, f"path-version:{newest.pk}")
    return told


registry.periodic_jobs.register(
    "learning.path-changes", Job("learning.path-changes", dt.timedelta(hours=1), tell_changes)
)
