"""What changes alerts, and who is told when a session opens."""

import datetime as dt
import itertools
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notify import notify
from cms.meta import absolute
from cms.models import Commune
from cms.tasks import background

from ..kinds import Mode, SessionState
from ..models import Session, SessionAlert
from ..places import kilometres
from .geometry import box_around

MOST = 20
KIND = "learning.alert"
# People told in the transaction of the opening; beyond, the worker tells them.
AT_ONCE = 500


class TooMany(ValidationError):
    """Nobody follows more than MOST places."""


@transaction.atomic
def follow(
    user: Any, commune: Commune, distance: int, *, module: Any = None, with_remote: bool = True
) -> SessionAlert:
    """Ask to be told. The same wish again lasts a year more, with its new distance.

    Raises TooMany, and ValueError for a commune that no map knows.
    """
    if commune.latitude is None or commune.longitude is None:
        raise ValueError(commune.code)
    mine = SessionAlert.objects.filter(user=user)
    held = mine.filter(commune=commune, module=module).first()
    if held is None and mine.count() >= MOST:
        raise TooMany(_("You follow %(n)s places already: take one away first.") % {"n": MOST})
    alert = held or SessionAlert(user=user, commune=commune, module=module)
    alert.distance, alert.with_remote = distance, with_remote
    alert.created_at = timezone.now()
    for name, value in asdict(box_around(commune.latitude, commune.longitude, distance)).items():
        setattr(alert, name, value)
    alert.save()
    return alert


def still_counting(now: dt.datetime | None = None) -> Any:
    """Alerts that have not run out, of open accounts."""
    return not_run_out(now).filter(user__is_active=True)


def not_run_out(now: dt.datetime | None = None) -> Any:
    since = (now or timezone.now()) - SessionAlert.KEPT
    return SessionAlert.objects.filter(created_at__gt=since)


def concerned(session: Session, now: dt.datetime | None = None) -> set[int]:
    """Who asked to be told of such a session: two queries, whatever the number of alerts.

    The database keeps those whose box holds the place; the distance is then reckoned. A session
    that can be followed remotely concerns whoever wants those, wherever they are.
    """
    alerts = still_counting(now).filter(Q(module=None) | Q(module=session.module_id))
    found: set[int] = set()
    if session.mode != Mode.IN_PERSON:
        found |= set(alerts.filter(with_remote=True).values_list("user_id", flat=True))
    place = session.commune if session.mode != Mode.REMOTE else None
    if place is not None and place.latitude is not None:
        latitude, longitude = place.latitude, place.longitude
        near = alerts.filter(
            south__lte=latitude, north__gte=latitude, west__lte=longitude, east__gte=longitude
        ).select_related("commune")
        found |= {alert.user_id for alert in near if _within(alert, place)}
    return found


def _within(alert: SessionAlert, place: Commune | None) -> bool:
    distance = kilometres(alert.commune, place)
    return distance is not None and distance <= alert.distance


def tell(session: Session) -> int:
    """Tell those concerned that a session opens, once each. Call it in the opening's transaction.

    Beyond AT_ONCE people the worker tells them, so that nobody waits for the opening to end.
    """
    ids = concerned(session) - set(session.trainers.values_list("pk", flat=True))
    if len(ids) > AT_ONCE:
        tell_by_worker.enqueue(session.pk)
        return 0
    return _notify(session, ids)


@background()
def tell_by_worker(session_id: int) -> None:
    """The same by batches that each commit; run again, it tells nobody twice."""
    session = Session.objects.select_related("module", "commune__department").get(pk=session_id)
    if session.state != SessionState.OPEN:
        return
    ids = concerned(session) - set(session.trainers.values_list("pk", flat=True))
    rest = iter(sorted(ids))
    while batch := set(itertools.islice(rest, AT_ONCE)):
        _notify(session, batch)


def _notify(session: Session, ids: set[int]) -> int:
    from ..telling import context_of

    context = context_of(
        session,
        remote=session.mode == Mode.REMOTE,
        stop=absolute(reverse("learning:alerts")),
    )
    people = User.objects.filter(pk__in=ids)
    return notify(KIND, people, context, key=f"alert:{session.uuid}")
