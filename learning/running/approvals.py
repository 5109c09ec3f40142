"""Registrations that await approval: one decision each, whoever decides first."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import rules
from ..kinds import RegistrationState, SessionState
from ..models import Registration
from ..services import registrations as service
from .queries import ranks
from .team import Line, in_words


def decidable(user: Any) -> QuerySet[Registration]:
    """Those on which this person decides or decided: `learning.rules.approves`, as a list."""
    rows = Registration.objects.all()
    if not rules.steers(user):
        rows = rows.filter(maison__in=rules.managed_maisons(user))
    return rows.select_related("user", "maison", "session")


def to_approve(user: Any) -> QuerySet[Registration]:
    """Those that await this person: of the Maisons that they manage; all, for the national team."""
    rows = decidable(user).filter(
        state=RegistrationState.REQUESTED,
        session__state=SessionState.OPEN,
        session__first_starts_at__gt=timezone.now(),
    )
    return (
        rows.select_related("user", "maison", "session__module", "session__commune__department")
        .prefetch_related("session__dates")
        .order_by("session__first_starts_at", "session", "created_at", "pk")
    )


def decide_all(
    rows: Iterable[Registration], *, by: Any, approve: bool, reason: str = ""
) -> list[Line]:
    """Decide each, whatever becomes of the others. What somebody else decided is said, not redone."""
    lines = []
    for row in rows:
        try:
            lines.append(_decide(row, by=by, approve=approve, reason=reason))
        except service.CannotRegister as error:
            lines.append(Line(row.user, " ".join(error.messages), good=False))
    return lines


@transaction.atomic
def _decide(row: Registration, *, by: Any, approve: bool, reason: str) -> Line:
    session = service.lock(row.session_id)
    now = Registration.objects.select_related("user").get(pk=row.pk)
    if now.state != RegistrationState.REQUESTED:
        state = str(now.get_state_display()).lower()
        text = _("already decided: %(state)s") % {"state": state}
        return Line(now.user, text, good=False, row=now)
    done = service.approve(now, by=by) if approve else service.refuse(now, by=by, reason=reason)
    return Line(now.user, in_words(done, ranks(session)), row=done)
