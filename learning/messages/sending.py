"""Mails about registrations. Called in the transaction of what they tell, under the session's lock."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cms.mail import Letter, queue_many

from ..calendars.invitations import due
from ..kinds import IN_PLAY, RegistrationState
from ..models import MessageKind, Registration
from .writing import Wording, letters, moment_in_words

if TYPE_CHECKING:
    from ..models import Session

S, K = RegistrationState, MessageKind
# state after → message; an offer that ran out is told by the site's notifications alone.
MESSAGES = {
    S.CONFIRMED: K.CONFIRMATION,
    S.WAITING: K.WAITING,
    S.OFFERED: K.OFFER,
    S.REFUSED: K.REFUSAL,
    S.CANCELLED: K.CANCELLATION,
}


def registration_moved(row: Registration, reason: str, number: int) -> None:
    """Write to the person that their registration changed, with what their calendar must know.

    number: of the change, which makes the mail once.
    """
    state = RegistrationState(row.state)
    parts = due(row.session, [row]).get(row.pk, [])
    kind = MESSAGES.get(state)
    if kind is None:
        return
    values: dict[str, Any] = {"motif": reason}
    until = row.offer_expires_at
    if state == S.OFFERED and until is not None:
        values["delai"] = lambda: moment_in_words(until, row.session)
    if state == S.WAITING:
        values["rang"] = rank_of(row)
    key = f"registration:{row.uuid}:{number}"
    queue_many(letters(Wording(kind), row, values, key, parts))


def rank_of(row: Registration) -> int:
    from ..queries import rank_of

    return rank_of(row)


def session_changed(session: "Session", told: Iterable[str]) -> None:
    """Write to everybody in play what changes; to those registered, with their calendar's part.

    Nothing told: only those whose calendar must follow are written to.
    """
    told = [str(each) for each in told]
    rows = list(
        Registration.objects.filter(session=session, state__in=IN_PLAY).select_related(
            "user", "maison"
        )
    )
    for row in rows:
        row.session = session
    parts = due(session, rows)
    wording = Wording(K.CHANGE)
    made: list[Letter] = []
    for row in rows:
        if told or row.pk in parts:
            key = f"changed:{session.uuid}:{session.version}:{row.uuid}"
            values = {"changements": ", ".join(told)}
            made += letters(wording, row, values, key, parts.get(row.pk, []))
    queue_many(made)
