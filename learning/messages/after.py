"""The mail after a session: thanks, and where the certificate and the evaluation are."""

from typing import Any

from django.dispatch import receiver

from accounts.notify import who_wants_mail
from cms.mail import queue_many

from ..kinds import Outcome, RegistrationState
from ..models import MessageKind, Registration, Session
from ..signals import session_closed
from .writing import Wording, letters

KIND = "learning.after"


@receiver(session_closed, dispatch_uid="learning.messages.after")
def thank(sender: Any, session: Session, **_kwargs: Any) -> None:
    """Write once to each person who came, when the session is closed.

    By mail alone: on the site, certificates and evaluation have notices of their own.
    """
    rows = list(
        Registration.objects.filter(session=session, state=RegistrationState.CONFIRMED)
        .exclude(outcome=Outcome.ABSENT)
        .select_related("user", "maison")
    )
    for row in rows:
        row.session = session
    wanting = who_wants_mail(KIND, [row.user_id for row in rows])
    wording = Wording(MessageKind.AFTER)
    queue_many(
        letter
        for row in rows
        if row.user_id in wanting
        for letter in letters(wording, row, {}, f"after:{row.uuid}")
    )
