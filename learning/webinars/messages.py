"""A message of the team to people of a webinar: written once, sent once to each, kept."""

import uuid
from typing import Any

from django.db import transaction

from cms import mail
from cms.meta import absolute
from cms.tasks import background

from ..models import Webinar, WebinarMessage
from ..writing import sending
from . import queries


@transaction.atomic
def send(
    webinar: Webinar, *, token: uuid.UUID, by: Any, audience: str, subject: str, text: str
) -> WebinarMessage:
    """Keep the message and send it: the same `token` again is the same message.

    Raises `sending.CannotSend` for nobody, or too many messages within an hour.
    """
    Webinar.objects.select_for_update().get(pk=webinar.pk)
    if held := WebinarMessage.objects.filter(token=token).first():
        return held
    people = list(queries.audience_of(webinar, audience).values_list("pk", flat=True))
    sending.check(WebinarMessage, people, by=by)
    message = WebinarMessage.objects.create(
        token=token, webinar=webinar, sender=by, audience=audience, subject=subject, text=text
    )
    message.recipients.set(people)
    deliver.enqueue(message.pk)
    return message


@background()
def deliver(message_id: int) -> None:
    """Put the mails in the outbox, by batches that each commit; run again, nobody gets two."""
    rows = WebinarMessage.objects.select_related("webinar", "sender")
    message = rows.filter(pk=message_id).first()
    if message is None or message.sender is None:
        return
    people = list(message.recipients.order_by("pk"))
    sending.by_batches(people, lambda user: _queue(message, user))


def _queue(message: WebinarMessage, user: Any) -> None:
    context = {
        "subject": message.subject,
        "text": message.text,
        "sender": str(message.sender),
        "title": message.webinar.title,
        "link": absolute(message.webinar.get_absolute_url()),
    }
    key = f"webinar-message:{message.uuid}:{user.pk}"
    mail.queue(user.email, "learning_webinar_message", context, key=key, language=user.language)
