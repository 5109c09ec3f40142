"""Who is told what of training. Called in the transaction of what it tells; nothing is sent here."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from accounts.models import User
from accounts.notify import notify, who_wants_mail
from accounts.roles import holders
from accounts.scopes import NATIONAL_TEAM
from maisons.models import Membership

from .kinds import IN_PLAY, RegistrationState
from .messages import sending

if TYPE_CHECKING:
    from .models import Registration, Session

# state after → kind of notification, for the person concerned
TOLD = {
    RegistrationState.CONFIRMED: "learning.confirmed",
    RegistrationState.WAITING: "learning.waiting",
    RegistrationState.OFFERED: "learning.offer",
    RegistrationState.REFUSED: "learning.refused",
    RegistrationState.LAPSED: "learning.lapsed",
    RegistrationState.CANCELLED: "learning.cancelled",
}


def context_of(session: "Session", **more: Any) -> dict[str, Any]:
    """What the texts name. Plain values: rows may change before the text is made."""
    start = session.first_starts_at
    return {
        "title": session.module.title,
        "city": session.city,
        "start": start.astimezone(session.zone) if start else None,
        "url": session.get_absolute_url(),
        **more,
    }


def moved(row: "Registration", before: str, reason: str) -> None:
    """Tell the person that their registration changed; whoever approves, that it waits for them."""
    number = row.events.count()
    key = f"registration:{row.uuid}:{number}"
    if row.state == RegistrationState.REQUESTED:
        context = context_of(row.session, person=str(row.user), url=row.get_absolute_url())
        notify("learning.to-approve", approvers(row), context, key=key)
        return
    context = context_of(
        row.session, url=row.get_absolute_url(), reason=reason, until=row.offer_expires_at
    )
    code = TOLD[RegistrationState(row.state)]
    notify(code, [row.user], context, key=key)
    if who_wants_mail(code, [row.user_id]):
        sending.registration_moved(row, reason, number)


def approvers(row: "Registration") -> list[User]:
    """The managers of the Maison chosen, else the national team."""
    managers: list[User] = []
    if row.maison_id is not None:
        held = Membership.objects.in_force().filter(
            maison_id=row.maison_id, role=Membership.Role.MANAGER
        )
        managers = list(User.objects.filter(pk__in=held.values("user"), is_active=True))
    return managers or list(holders(NATIONAL_TEAM))


def cancelled_late(row: "Registration") -> None:
    """Tell the managers of the Maison that somebody withdrew late."""
    if row.maison_id is None:
        return
    context = context_of(row.session, person=str(row.user), url=row.get_absolute_url())
    people = [person for person in approvers(row) if person.pk != row.user_id]
    notify(
        "learning.cancelled-late",
        people,
        context,
        key=f"late:{row.uuid}:{row.events.count()}",
    )


def place_is_free(session: "Session", waiting: Iterable["Registration"]) -> None:
    """In the last hours: whoever accepts first comes."""
    for row in waiting:
        notify(
            "learning.free-place",
            [row.user],
            context_of(session, url=row.get_absolute_url()),
            key=f"free:{session.uuid}:{session.version}:{row.uuid}:{places_key(session)}",
        )


def places_key(session: "Session") -> int:
    """A free place is told once: the number of those who hold one names it."""
    from .models import Registration, RegistrationEvent

    return RegistrationEvent.objects.filter(
        registration__in=Registration.objects.filter(session=session)
    ).count()


def changed(session: "Session", told: list[str]) -> None:
    """The place, the dates or the hours changed: everybody in play is told, and their calendars.

    Nothing told: the calendars of those registered follow, and nobody else is disturbed.
    """
    from .models import Registration

    if told:
        people = User.objects.filter(
            pk__in=Registration.objects.filter(session=session, state__in=IN_PLAY).values("user")
        )
        notify(
            "learning.changed",
            people,
            context_of(session, told=", ".join(told)),
            key=f"changed:{session.uuid}:{session.version}",
        )
    sending.session_changed(session, told)


def opened(session: "Session") -> None:
    """Whoever asked to be told when one opens near them."""
    from .alerts.services import tell

    tell(session)
