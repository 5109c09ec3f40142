"""A message to those who come: written once, sent once to each, kept."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cms.meta import absolute
from cms.tasks import background

from ..kinds import IN_PLAY, RegistrationState
from ..models import Registration, Session, SessionMessage
from ..services.registrations import lock
from ..writing import sending

Audience = SessionMessage.Audience


def recipients(
    session: Session, audience: str, chosen: Iterable[Any] = ()
) -> QuerySet[Registration]:
    """Those of a session to whom a message goes: nobody whose registration ended."""
    rows = Registration.objects.filter(session=session, user__is_active=True)
    rows = rows.select_related("user").order_by("user__last_name", "user__first_name", "pk")
    if audience == Audience.REGISTERED:
        return rows.filter(state=RegistrationState.CONFIRMED)
    if audience == Audience.WAITING:
        return rows.filter(state=RegistrationState.WAITING)
    return rows.filter(state__in=IN_PLAY, uuid__in=list(chosen))


@transaction.atomic
def send(
    session: Session,
    *,
    token: uuid.UUID,
    by: Any,
    audience: str,
    chosen: Iterable[Any] = (),
    subject: str,
    text: str,
    with_address: bool = False,
) -> SessionMessage:
    """Keep the message and send it: the same `token` again is the same message.

    Each gets a mail of their own. Answers go to the sender's address only when they said so. Raises
    `sending.CannotSend` for nobody, or too many messages within an hour.
    """
    lock(session.pk)
    held = SessionMessage.objects.filter(token=token).first()
    if held is not None:
        return held
    rows = list(recipients(session, audience, chosen))
    sending.check(SessionMessage, rows, by=by)
    message = SessionMessage.objects.create(
        token=token,
        session=session,
        sender=by,
        audience=audience,
        subject=subject,
        text=text,
        with_address=with_address,
    )
    message.recipients.set(rows)
    deliver.enqueue(message.pk)
    return message


@background()
def deliver(message_id: int) -> None:
    """Put the mails in the outbox, by batches that each commit; run again, nobody gets two."""
    rows = SessionMessage.objects.select_related("session__module", "session__commune", "sender")
    message = rows.filter(pk=message_id).first()
    if message is None or message.sender is None:
        return
    people = list(message.recipients.select_related("user"))
    sending.by_batches(people, lambda row: _queue(message, row))


def _queue(message: SessionMessage, row: Registration) -> None:
    sending.queue(
        message,
        row.user,
        "learning_session_message",
        f"session-message:{message.uuid}:{row.uuid}",
        session=message.session,
        link=absolute(row.get_absolute_url()),
    )
