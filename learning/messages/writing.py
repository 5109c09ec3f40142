"""From the words of a message to a mail."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.mail import Letter
from cms.meta import absolute
from cms.templatetags.theme_tags import day

from ..calendars.events import place_of, shown_to
from ..calendars.invitations import Due
from ..models import MessageTemplate, Registration, Session
from ..models.sessions import PARIS
from .fields import fill
from .originals import FALLBACK, Words, has_original, original


@dataclass
class Wording:
    """The words of one kind of message in each language: those rewritten, read once."""

    kind: str
    _rewritten: dict[str, Words] | None = field(default=None, repr=False)

    def words(self, language: str) -> Words:
        """In the reader's language, else in French; rewritten, else original."""
        if self._rewritten is None:
            rows = MessageTemplate.objects.filter(kind=self.kind).exclude(subject="")
            self._rewritten = {row.language: Words(row.subject, row.body) for row in rows}
        held = self._rewritten.get(language)
        if held is not None:
            return held
        if not has_original(self.kind, language) and FALLBACK in self._rewritten:
            return self._rewritten[FALLBACK]
        return original(self.kind, language)


def dates_in_words(session: Session) -> str:
    """One line for each date: "1er décembre 2026, 09:00 – 17:00"; elsewhere than in Paris, whose hours."""
    whose = ""
    if session.commune is not None and session.zone.key != PARIS.key:
        whose = _(" (local time, %(where)s)") % {"where": session.commune.department.name}
    return "\n".join(
        f"{day(date.local_start.date())}, {date.local_start:%H:%M} – {date.local_end:%H:%M}{whose}"
        for date in session.current_dates
    )


def moment_in_words(moment: dt.datetime, session: Session) -> str:
    local = moment.astimezone(session.zone)
    return _("%(day)s, %(hour)s") % {"day": day(local.date()), "hour": f"{local:%H:%M}"}


def when_in_words(days: int) -> str:
    if days < 1:
        return _("today")
    return (
        _("tomorrow")
        if days == 1
        else ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    )


def values_of(row: Registration, **more: Any) -> dict[str, str]:
    """What the fields stand for in the mail of one registration, in the current language."""
    session, person = row.session, row.user
    shown = shown_to(row)
    return {
        "prenom": person.first_name,
        "nom": person.last_name,
        "maison": row.maison.name if row.maison else "",
        "module": session.module.title,
        "dates": dates_in_words(session),
        # The room on the network is told to those who have a place.
        "lieu": place_of(session, shown)
        if row.state == Registration.State.CONFIRMED
        else _place(row),
        "acces": "" if row.remote else " ".join(session.access.split()),
        "consignes": session.note if row.state == Registration.State.CONFIRMED else "",
        "lien": absolute(row.get_absolute_url()),
        "site": settings.SITE_NAME,
        "formations": absolute(reverse("learning:mine")),
        **more,
    }


def _place(row: Registration) -> str:
    remote = row.remote or row.session.mode == Session.Mode.REMOTE
    if remote:
        return _("remotely; the address of the room is told to those registered")
    return place_of(row.session, shown_to(row))


def letters(
    wording: Wording, row: Registration, values: dict[str, Any], key: str, due: list[Due] = ()
) -> list[Letter]:
    """The mails of one event of one registration: one for each calendar part, else a single one.

    values: those of the message beyond `values_of`; callables are called in the reader's language.
    """
    if not row.user.is_active:
        return []
    language = row.user.language
    with translation.override(language):
        made = {name: value() if callable(value) else value for name, value in values.items()}
        words, filled = wording.words(language), values_of(row, **made)
        subject, body = compose(words, filled)
        return [
            Letter(
                row.user.email,
                "learning_message",
                {
                    "subject": _subject(subject, one, len(due)),
                    "body": body,
                    "calendar_note": _note(one),
                    "language": language,
                },
                f"{key}:{one.date.uuid}" if one else key,
                language,
                {"Auto-Submitted": "auto-generated"},
                one.part if one else None,
            )
            for one in (due or [None])
        ]


def compose(words: Words, values: dict[str, Any]) -> tuple[str, str]:
    """(subject on one line, beginning with a capital; text)."""
    subject = " ".join(fill(words.subject, values).split())
    return subject[:1].upper() + subject[1:], fill(words.body, values)


def _subject(subject: str, due: Due | None, number: int) -> str:
    if due is None or number < 2:
        return subject
    return f"{subject} – {day(due.date.local_start.date())}"


def _note(due: Due | None) -> str:
    """What the calendar part does, and that answers to it are read by nobody."""
    if due is None:
        return ""
    when = day(due.date.local_start.date())
    if due.part.method == "CANCEL":
        return _("This message takes %(day)s out of your calendar.") % {"day": when}
    return _(
        "This message puts %(day)s in your calendar. Answers to the invitation are not processed:"
        " to withdraw, use the address above."
    ) % {"day": when}
