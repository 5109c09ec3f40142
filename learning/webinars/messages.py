"""A message of the team to people of a webinar: written once, sent once to each, kept."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import mail
from cms.meta import absolute
from cms.tasks import background

from ..models import Webinar, WebinarMessage
from ..running.messages import BATCH, MOST_AN_HOUR, CannotSend
from . import queries


@transaction.atomic
def send(
    webinar: Webinar, *, token: uuid.UUID, by: Any, audience: str, subject: str, text: str
) -> WebinarMessage:
    """Keep the message and send it: the same `token` again is the same message. Raises CannotSend."""
    Webinar.objects.select_for_update().get(pk=webinar.pk)
    if held := WebinarMessage.objects.filter(token=token).first():
        return held
    since = timezone.now() - dt.timedelta(hours=1)
    if WebinarMessage.objects.filter(sender=by, sent_at__gt=since).count() >= MOST_AN_HOUR:
        raise CannotSend(_("You sent many messages within an hour: wait a little."))
    people = list(queries.audience_of(webinar, audience).values_list("pk", flat=True))
    if not people:
        raise CannotSend(_("There is nobody to write to."))
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
    for start in range(0, len(people), BATCH):
        with transaction.atomic():
            mail.queue_many([_letter(message, user) for user in people[start : start + BATCH]])


def _letter(message: WebinarMessage, user: Any) -> mail.Letter:
    context = {
        "subject": message.subject,
        "text": message.text,
        "sender": str(message.sender),
        "title": message.webinar.title,
        "link": absolute(message.webinar.get_absolute_url()),
    }
    key = f"webinar-message:{message.uuid}:{user.pk}"
    return mail.Letter(user.email, "learning_webinar_message", context, key, user.language)
