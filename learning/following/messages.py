"""A message to people of a cohort: written once, sent once to each, kept."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from cms.meta import absolute
from cms.tasks import background

from ..models import Cohort, CohortMessage, Enrolment
from ..writing import sending
from . import queries
from .frame import path_title


def recipients(cohort: Cohort, filters: Any, chosen: Iterable[Any] = ()) -> QuerySet[Enrolment]:
    """Those chosen one by one, else all that the filters ask for; nobody whose account ended."""
    chosen = list(chosen)
    if chosen:
        rows = queries.in_force(cohort).filter(uuid__in=chosen)
    else:
        rows = queries.chosen(cohort, filters)
    rows = rows.filter(user__is_active=True).select_related("user")
    return rows.order_by("user__last_name", "user__first_name", "pk")


def audience(chosen: Iterable[Any], narrowed: list[str]) -> str:
    """To whom, in words that stay."""
    if number := len(list(chosen)):
        return ngettext("%(n)d person chosen", "%(n)d people chosen", number) % {"n": number}
    return " · ".join(narrowed)


@transaction.atomic
def send(
    cohort: Cohort,
    *,
    token: uuid.UUID,
    by: Any,
    rows: QuerySet[Enrolment],
    audience: str,
    subject: str,
    text: str,
    with_address: bool = False,
) -> CohortMessage:
    """Keep the message and send it: the same `token` again is the same message.

    Each gets a mail of their own. Raises `sending.CannotSend` for nobody, or too many messages.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    held = CohortMessage.objects.filter(token=token).first()
    if held is not None:
        return held
    people = list(rows)
    sending.check(CohortMessage, people, by=by)
    message = CohortMessage.objects.create(
        token=token,
        cohort=cohort,
        sender=by,
        audience=audience[:150],
        subject=subject,
        text=text,
        with_address=with_address,
    )
    message.recipients.set(people)
    deliver.enqueue(message.pk)
    return message


@background()
def deliver(message_id: int) -> None:
    """Put the mails in the outbox; run again, nobody gets two."""
    rows = CohortMessage.objects.select_related("cohort__path__version", "sender")
    message = rows.filter(pk=message_id).first()
    if message is None or message.sender is None:
        return
    people = list(message.recipients.select_related("user", "path"))
    context = {"path": path_title(message.cohort), "cohort": message.cohort.name}
    sending.by_batches(
        people,
        lambda row: sending.queue(
            message,
            row.user,
            "learning_cohort_message",
            f"cohort-message:{message.uuid}:{row.uuid}",
            link=absolute(row.path.get_absolute_url()),
            **context,
        ),
    )


def sent(cohort: Cohort) -> QuerySet[CohortMessage]:
    """What was sent to people of a cohort, newest first, with `people`, how many got it."""
    rows = CohortMessage.objects.filter(cohort=cohort).select_related("sender")
    return rows.annotate(people=Count("recipients")).order_by("-sent_at", "-pk")
