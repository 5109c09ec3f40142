"""What a session still lacks before it can be closed."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.templatetags.theme_tags import day

from ..attendance.queries import missing
from ..attendance.words import name_of
from ..kinds import SessionState
from ..models import Session


@dataclass(frozen=True)
class Lack:
    """One thing that is missing. may_be_passed: the national team may close in spite of it."""

    text: str
    may_be_passed: bool = False


def lacks(session: Session, now: dt.datetime | None = None) -> list[Lack]:
    """What forbids to close: in two queries, whatever the number of people."""
    now = now or timezone.now()
    if session.state != SessionState.OPEN:
        return [Lack(_("It was not announced, or it is cancelled."))]
    last = session.last_ends_at
    if last is None:
        return [Lack(_("It has no date."))]
    if not session.has_ended(now):
        local = last.astimezone(session.zone)
        return [
            Lack(
                _("It ends on %(day)s at %(hour)s.")
                % {"day": day(local.date()), "hour": f"{local:%H:%M}"}
            )
        ]
    return [
        Lack(_("Not countersigned: %(what)s.") % {"what": name_of(lack.half_day)}, True)
        for lack in missing(session, now)
        if not lack.countersigned
    ]


def unknown(session: Session, now: dt.datetime | None = None) -> list[str]:
    """Half-days of which somebody's attendance is not known: they will count as absent."""
    return [
        ngettext(
            "%(what)s: nothing is known of %(n)d person, who will count as absent.",
            "%(what)s: nothing is known of %(n)d people, who will count as absent.",
            len(lack.unknown),
        )
        % {"what": name_of(lack.half_day), "n": len(lack.unknown)}
        for lack in missing(session, now)
        if lack.unknown
    ]
