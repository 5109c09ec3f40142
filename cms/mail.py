"""All mail is a row of the outbox first.

`queue` is called inside the caller's transaction: if that is rolled back, no mail leaves. The key
is unique: queueing the same thing twice sends one mail. The worker sends.

A letter may carry a calendar part (RFC 6047), which is rendered by its app, kept on the row and
erased with it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import encoders
from email.message import Message
from typing import Any, cast

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
CALENDAR = "text/calendar"
CALENDAR_FILE = "invitation.ics"


class BadTemplate(ValueError):
    """A mail template must begin with a line "Subject: …"."""


@dataclass(frozen=True)
class CalendarPart:
    """An iCalendar object for the reader's calendar. method: that of the object (RFC 5546)."""

    content: str
    method: str


@dataclass(frozen=True)
class Letter:
    """One mail to queue; see `queue`."""

    to: str
    template: str
    context: dict[str, Any]
    key: str
    language: str = "fr"
    headers: dict[str, str] = field(default_factory=dict)
    calendar: CalendarPart | None = None


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
    calendar: CalendarPart | None = None,
) -> OutboxMessage:
    """Write one mail to the outbox, rendered now. `key` names it for ever: the same key, one mail.

    Raises BadTemplate when `templates/mail/<template>.txt` has no subject line.
    """
    queue_many([Letter(to, template, context, key, language, headers or {}, calendar)])
    return OutboxMessage.objects.get(key=key)


def queue_many(letters: Iterable[Letter]) -> int:
    """Write several mails: those whose key is new. Returns how many are.

    Two questions to the database and one row of task for each mail, whatever their number.
    """
    by_key = {letter.key: letter for letter in letters}
    held = OutboxMessage.objects.filter(key__in=list(by_key)).values_list("key", flat=True)
    for key in list(held):
        del by_key[key]
    if not by_key:
        return 0
    rows = [_row(letter) for letter in by_key.values()]
    try:
        with transaction.atomic():
            OutboxMessage.objects.bulk_create(rows, batch_size=200)
    except IntegrityError:
        # Somebody else queued one of them meanwhile: one by one, those that are left.
        rows = [row for row in rows if _saved(row)]
    for row in rows:
        send_message.enqueue(row.pk)
    return len(rows)


def _row(letter: Letter) -> OutboxMessage:
    subject, text, html = _render(letter.template, letter.context, letter.language)
    part = letter.calendar
    return OutboxMessage(
        key=letter.key,
        to=letter.to,
        subject=subject,
        text=text,
        html=html,
        headers=letter.headers,
        calendar=part.content if part else "",
        calendar_method=part.method if part else "",
    )


def _saved(row: OutboxMessage) -> bool:
    row.pk = None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


class _Mail(EmailMultiAlternatives):
    """A mail whose calendar part travels in base64: no server folds or rewrites its lines."""

    def message(self, **kwargs: Any) -> Any:
        made = super().message(**kwargs)
        for part in made.walk():
            if part.get_content_type() == CALENDAR:
                _as_base64(part)
        return made


def _as_base64(part: Message) -> None:
    held = cast("bytes", part.get_payload(decode=True))
    # The standard's line ends, which MIME text loses on the way (RFC 5545, 3.1).
    content = held.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    del part["Content-Transfer-Encoding"]
    part.set_payload(content)
    encoders.encode_base64(part)


def build(message: OutboxMessage) -> EmailMultiAlternatives:
    """The mail of one row. Its calendar part stands last of the alternatives, and again as a file.

    multipart/mixed > (multipart/alternative > text, HTML, calendar) + file: see
    `docs/training-calendars.md` for the rules that ask for it.
    """
    mail = _Mail(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to],
        # The same identifier at each attempt: a mail server drops the double.
        headers={"Message-ID": f"<{message.uuid}@{_mail_domain()}>", **message.headers},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"{CALENDAR}; method={message.calendar_method}")
        mail.attach(CALENDAR_FILE, message.calendar.encode(), "application/ics")
    return mail


@background(attempts=ATTEMPTS)
def send_message(message_id: int) -> None:
    """Send one row. A row already sent is left alone; a failure is told on the row and retried."""
    message = (
        OutboxMessage.objects.filter(pk=message_id).exclude(state=OutboxMessage.State.SENT).first()
    )
    if message is None:
        return
    mail = build(message)
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
