"""Reading calendar mails back, as a mail program does."""

from dataclasses import dataclass
from email.message import Message
from typing import Any

import vobject
from django.core import mail as django_mail
from icalendar import Calendar

from cms import tasks


@dataclass
class CalendarMail:
    """One mail that was sent. `event`: read by vobject, which did not write it."""

    sent: Any
    message: Message
    part: Message | None
    text: str = ""
    calendar: Any = None
    event: Any = None

    @property
    def method(self) -> str:
        return str(self.calendar.method.value)

    @property
    def uid(self) -> str:
        return str(self.event.uid.value)

    @property
    def sequence(self) -> int:
        return int(self.event.sequence.value)

    @property
    def component(self) -> Any:
        """The same event, read again by icalendar."""
        [event] = Calendar.from_ical(self.text).events
        return event


def read(sent: Any) -> CalendarMail:
    """Take a mail apart; its calendar must pass the validator."""
    message = sent.message()
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        return CalendarMail(sent, message, None)
    [part] = parts
    text = part.get_payload(decode=True).decode()
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    [event] = calendar.contents["vevent"]
    return CalendarMail(sent, message, part, text, calendar, event)


def sent_to(person: Any) -> list[CalendarMail]:
    """What this person received since the last time, oldest first."""
    tasks.run_all()
    kept = [sent for sent in django_mail.outbox if sent.to == [person.email]]
    for sent in kept:
        django_mail.outbox.remove(sent)
    return [read(sent) for sent in kept]
