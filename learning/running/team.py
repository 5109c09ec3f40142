"""Registering others: members of one's team, one by one or many, each result said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.names import named
from maisons.models import Membership

from .. import rules
from ..kinds import Mode, RegistrationState
from ..models import Registration, Session
from ..services import registrations as service
from .queries import ranks

# At most this many at once: each is told in the same transaction as their registration.
MOST_AT_ONCE = 300


def members(user: Any, asked: str = "") -> QuerySet[Membership]:
    """The people that this person may register, once for each of their Maisons.

    asked: words of their names. The national team may register everybody.
    """
    twice = Membership.objects.in_force().filter(
        user=OuterRef("user"), maison=OuterRef("maison"), pk__lt=OuterRef("pk")
    )
    rows = rules.team_of(user).filter(~Exists(twice), user__is_active=True)
    rows = named(rows, asked, "user__").select_related("user", "maison__commune__department")
    return rows.order_by("maison__name", "user__last_name", "user__first_name", "pk")


@dataclass(frozen=True)
class Line:
    """What became of one person. good: they are registered, waiting, or were already."""

    person: Any
    text: str
    good: bool = True
    row: Registration | None = None


def register_all(
    session: Session, chosen: Iterable[Membership], *, by: Any, remote: bool = False
) -> list[Line]:
    """Register each, whatever becomes of the others; say what became of each."""
    chosen = list(chosen)[:MOST_AT_ONCE]
    rows = Registration.objects.filter(session=session, user__in=[m.user_id for m in chosen])
    held = {row.user_id: row for row in rows.in_play()}
    lines = []
    for member in chosen:
        if row := held.get(member.user_id):
            lines.append(Line(member.user, already(row), row=row))
            continue
        try:
            row = register_one(session, member.user, member.maison, by=by, remote=remote)
        except service.CannotRegister as error:
            lines.append(Line(member.user, " ".join(error.messages), good=False))
        else:
            held[member.user_id] = row
            lines.append(Line(member.user, "", row=row))
    return _said(session, lines)


def register_one(
    session: Session, person: Any, maison: Any, *, by: Any, remote: bool = False
) -> Registration:
    """One of them. Adjustments are never entered by another. Raises CannotRegister."""
    far = session.mode == Mode.REMOTE or (session.mode == Mode.HYBRID and remote)
    return service.register(session, person, by=by, maison=maison, remote=far)


def _said(session: Session, lines: list[Line]) -> list[Line]:
    places = ranks(session)
    return [line if line.text or line.row is None else _told(line, places) for line in lines]


def already(row: Registration) -> str:
    """What is said of somebody who is in play already."""
    return _("already there: %(state)s") % {"state": str(row.get_state_display()).lower()}


def in_words(row: Registration, places: dict[int, int]) -> str:
    """ "registered", "on the waiting list, rank 3"."""
    state = str(row.get_state_display()).lower()
    if row.state == RegistrationState.WAITING:
        return _("%(state)s, rank %(rank)s") % {"state": state, "rank": places.get(row.pk, "?")}
    return state


def _told(line: Line, places: dict[int, int]) -> Line:
    return replace(line, text=in_words(line.row, places)) if line.row else line
