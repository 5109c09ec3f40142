"""All mail is a row of the outbox first.

`queue` is called inside the caller's transaction: if that is rolled back, no mail leaves. The key
is unique: queueing the same thing twice sends one mail. The worker sends.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .models import OutboxMessage
from .tasks import background

KEEP_DAYS = 90
ATTEMPTS = 6


class BadTemplate(ValueError):
    """A mail template must begin with a line "Subject: …"."""


def _render(template: str, context: dict[str, Any], language: str) -> tuple[str, str, str]:
    with translation.override(language):
        full = {"site_name": settings.SITE_NAME, "site_origin": settings.SITE_ORIGIN, **context}
        text = render_to_string(f"mail/{template}.txt", full).strip()
        try:
            html = render_to_string(f"mail/{template}.html", full)
        except TemplateDoesNotExist:
            html = ""
    first, _, rest = text.partition("\n")
    if not first.startswith("Subject:"):
        raise BadTemplate(f"mail/{template}.txt does not begin with 'Subject:'")
    # A subject is one line, whatever the context held.
    subject = " ".join(first.removeprefix("Subject:").split())[:255]
    return subject, rest.strip() + "\n", html


def queue(
    to: str,
    template: str,
    context: dict[str, Any],
    key: str,
    *,
    language: str = "fr",
    headers: dict[str, str] | None = None,
) -> OutboxMessage:
    """Write one mail to the outbox, rendered now. `key` names it for ever: the same key, one mail.

    Raises BadTemplate when `templates/mail/<template>.txt` has no subject line.
    """
    found = OutboxMessage.objects.filter(key=key).first()
    if found:
        return found
    subject, text, html = _render(template, context, language)
    try:
        with transaction.atomic():
            message = OutboxMessage.objects.create(
                key=key, to=to, subject=subject, text=text, html=html, headers=headers or {}
            )
            send_message.enqueue(message.pk)
    except IntegrityError:
        return OutboxMessage.objects.get(key=key)
    return message


@background(attempts=ATTEMPTS)
def send_message(message_id: int) -> None:
    """Send one row. A row already sent is left alone; a failure is told on the row and retried."""
    message = (
        OutboxMessage.objects.filter(pk=message_id).exclude(state=OutboxMessage.State.SENT).first()
    )
    if message is None:
        return
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to],
        # The same identifier at each attempt: a mail server drops the double.
        headers={"Message-ID": f"<{message.uuid}@{_mail_domain()}>", **message.headers},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    message.attempts += 1
    try:
        mail.send()
    except Exception as error:
        message.error = f"{type(error).__name__}: {error}"
        if message.attempts >= ATTEMPTS:
            message.state = OutboxMessage.State.FAILED
        message.save(update_fields=["attempts", "error", "state"])
        raise
    message.state = OutboxMessage.State.SENT
    message.sent_at = timezone.now()
    message.error = ""
    message.save(update_fields=["attempts", "error", "state", "sent_at"])


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")


def purge(now: Any = None) -> int:
    """Erase mails sent more than KEEP_DAYS ago."""
    before = (now or timezone.now()) - dt.timedelta(days=KEEP_DAYS)
    return OutboxMessage.objects.filter(
        state=OutboxMessage.State.SENT, sent_at__lt=before
    ).delete()[0]
