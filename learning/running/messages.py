"""A message to those who come: written once, sent once to each, kept."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import mail
from cms.meta import absolute
from cms.tasks import background

from ..kinds import IN_PLAY, RegistrationState
from ..models import Registration, Session, SessionMessage
from ..services.registrations import lock

Audience = SessionMessage.Audience
# Messages of one person within an hour: enough for a day that goes wrong, not for a mistake.
MOST_AN_HOUR = 10
BATCH = 100


class CannotSend(ValidationError):
    """The message is not sent; the reason says why."""


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
    CannotSend for nobody, or above `MOST_AN_HOUR`.
    """
    lock(session.pk)
    held = SessionMessage.objects.filter(token=token).first()
    if held is not None:
        return held
    since = timezone.now() - dt.timedelta(hours=1)
    if SessionMessage.objects.filter(sender=by, sent_at__gt=since).count() >= MOST_AN_HOUR:
        raise CannotSend(_("You sent many messages within an hour: wait a little."))
    rows = list(recipients(session, audience, chosen))
    if not rows:
        raise CannotSend(_("There is nobody to write to."))
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
    for start in range(0, len(people), BATCH):
        with transaction.atomic():
            for row in people[start : start + BATCH]:
                _queue(message, row)


def _queue(message: SessionMessage, row: Registration) -> None:
    context = {
        "subject": message.subject,
        "text": message.text,
        "sender": str(message.sender),
        "session": message.session,
        "link": absolute(row.get_absolute_url()),
        "answers": message.with_address,
    }
    answer_to = {"Reply-To": message.sender.email} if message.with_address else {}  # type: ignore[union-attr]
    mail.queue(
        row.user.email,
        "learning_session_message",
        context,
        key=f"session-message:{message.uuid}:{row.uuid}",
        language=row.user.language,
        headers=answer_to,
    )
