"""What every message to several people keeps to."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import mail

# Messages of one person within an hour: enough for a day that goes wrong, not for a mistake.
MOST_AN_HOUR = 10
BATCH = 100


class CannotSend(ValidationError):
    """The message is not sent; the reason says why."""


def check(kept: type[models.Model], rows: Sequence[Any], *, by: Any) -> None:
    """Raises CannotSend for nobody, or above `MOST_AN_HOUR` messages of this kind."""
    since = timezone.now() - dt.timedelta(hours=1)
    sent = kept._default_manager.filter(sender=by, sent_at__gt=since)
    if sent.count() >= MOST_AN_HOUR:
        raise CannotSend(_("You sent many messages within an hour: wait a little."))
    if not rows:
        raise CannotSend(_("There is nobody to write to."))


def by_batches(rows: Sequence[Any], queue: Callable[[Any], None]) -> None:
    """Put the mails in the outbox, by batches that each commit."""
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            for row in rows[start : start + BATCH]:
                queue(row)


def queue(message: Any, person: Any, template: str, key: str, **context: Any) -> None:
    """One mail of a message to one person. Answers go to the sender's address only if they said so."""
    answer_to = {"Reply-To": message.sender.email} if message.with_address else {}
    mail.queue(
        person.email,
        template,
        {
            "subject": message.subject,
            "text": message.text,
            "sender": str(message.sender),
            "answers": message.with_address,
            **context,
        },
        key=key,
        language=person.language,
        headers=answer_to,
    )
