"""What people of a webinar are told: mails with a calendar part, reminders, and that the replay is there.

Calendars are brought up to date by comparing what each should show with what it was told last: the same
whatever happened (a registration, a new hour, a webinar called off), and nothing is told twice.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notify import notify, who_wants_mail
from cms.mail import Letter, queue_many
from cms.meta import absolute
from cms.tasks import background
from cms.templatetags.theme_tags import day

from ..models import Webinar, WebinarRegistration
from . import calendars
from .calendars import PARIS
from .kinds import CalendarMethod as Method
from .kinds import WebinarState

BATCH = 100
REMINDERS = (("1h", dt.timedelta(hours=1)), ("24h", dt.timedelta(hours=24)))
REGISTERED, CHANGED = "learning.webinar-registered", "learning.webinar-changed"
CANCELLED, REMINDER = "learning.webinar-cancelled", "learning.webinar-reminder"
REPLAY = "learning.webinar-replay"


def context_of(webinar: Webinar, **more: Any) -> dict[str, Any]:
    """What the texts name. Plain values: rows may change before the text is made."""
    return {
        "title": webinar.title,
        "start": webinar.starts_at.astimezone(PARIS),
        "url": webinar.get_absolute_url(),
        **more,
    }


def when(start: dt.datetime) -> str:
    """ "1er décembre 2026, 14:00" on the clock of Paris."""
    return f"{day(start.date())}, {start:%H:%M}"


# -- Calendars ------------------------------------------------------------------------------------


@background()
def bring_up_to_date(webinar_id: int) -> None:
    """Tell everybody registered what changed, by batches that each commit; run again, nobody twice."""
    rows = WebinarRegistration.objects.filter(webinar=webinar_id).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            tell(_locked(batch))
        last = batch[-1]


def _locked(ids: list[int]) -> list[WebinarRegistration]:
    rows = WebinarRegistration.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(rows.select_related("webinar", "user").order_by("pk"))


def tell(rows: Iterable[WebinarRegistration], now: dt.datetime | None = None) -> int:
    """Write to each whose calendar does not show what it should. Call it in a transaction.

    Nothing is told of what is over, nor to closed accounts. Returns how many mails are queued.
    """
    now = now or timezone.now()
    due = [(row, method) for row in rows if (method := _due(row, now))]
    letters: list[Letter] = []
    for code, group in _by_kind(due).items():
        wanting = who_wants_mail(code, [row.user_id for row, _method in group])
        for row, method in group:
            again = row.told == Method.REQUEST
            row.sequence += 1 if row.told else 0
            row.told, row.told_at = method, now
            row.fingerprint = calendars.fingerprint(row.webinar)
            if row.user_id in wanting:
                letters.append(_letter(row, method, code, again, now))
        webinar = group[0][0].webinar
        stamp = f"{now:%Y%m%dT%H%M%S}"
        notify(
            code,
            [row.user for row, _method in group],
            context_of(webinar, reason=webinar.cancel_reason),
            key=f"{code}:{webinar.uuid}:{stamp}",
        )
    saved = ["sequence", "told", "told_at", "fingerprint"]
    WebinarRegistration.objects.bulk_update([row for row, _method in due], saved)
    return queue_many(letters)


def _due(row: WebinarRegistration, now: dt.datetime) -> str:
    """What the calendar of this person must be told now; empty when it shows what it should."""
    webinar = row.webinar
    if not row.user.is_active or webinar.ends_at <= now:
        return ""
    off = webinar.cancelled_at or webinar.archived_at or row.cancelled_at
    if off:
        return Method.CANCEL if row.told == Method.REQUEST else ""
    if row.told == Method.REQUEST and row.fingerprint == calendars.fingerprint(webinar):
        return ""
    return Method.REQUEST


def _by_kind(
    due: list[tuple[WebinarRegistration, str]],
) -> dict[str, list[tuple[WebinarRegistration, str]]]:
    found: dict[str, list[tuple[WebinarRegistration, str]]] = {}
    for row, method in due:
        if method == Method.CANCEL:
            code = CANCELLED
        else:
            code = CHANGED if row.told == Method.REQUEST else REGISTERED
        found.setdefault(code, []).append((row, method))
    return found


def _letter(
    row: WebinarRegistration, method: str, code: str, again: bool, now: dt.datetime
) -> Letter:
    webinar, user = row.webinar, row.user
    with translation.override(user.language):
        named = {"title": webinar.title}
        if method == Method.CANCEL and webinar.cancelled_at:
            subject = _("The webinar is called off: %(title)s") % named
            text = webinar.cancel_reason
        elif method == Method.CANCEL:
            subject = _("You no longer take part: %(title)s") % named
            text = _("Your registration is cancelled. You can register again until it begins.")
        elif again:
            subject = _("The webinar changes: %(title)s") % named
            text = _("Your calendar follows if it takes the attached part.")
        else:
            subject = _("You are registered: %(title)s") % named
            text = _(
                "The link to the meeting will be on the page of the webinar, a quarter of an hour before."
            )
        context = {
            "subject": subject,
            "text": text,
            "title": webinar.title,
            "when": when(webinar.starts_at.astimezone(PARIS)),
            "is_fictitious": webinar.is_fictitious,
            "link": absolute(webinar.get_absolute_url()),
        }
        part = calendars.invitation(row, method, now)
    return Letter(
        user.email,
        "learning_webinar",
        context,
        key=f"webinar:{row.uuid}:{row.sequence}:{method}",
        language=user.language,
        calendar=part,
    )


# -- The clock ------------------------------------------------------------------------------------


def run_clock(now: dt.datetime | None = None) -> int:
    """Reminders, a day and an hour before, and the replays that came. Returns how many were told."""
    now = now or timezone.now()
    return _remind(now) + _tell_replays(now)


def _remind(now: dt.datetime) -> int:
    told = 0
    coming = Webinar.objects.coming(now).filter(
        starts_at__gt=now, starts_at__lte=now + REMINDERS[-1][1]
    )
    for webinar in coming:
        # The nearest reminder that is due, alone: a clock that was stopped does not send both.
        name, before = next(each for each in REMINDERS if webinar.starts_at - now <= each[1])
        rows = WebinarRegistration.objects.filter(
            webinar=webinar,
            # Whoever registered since was just told.
            created_at__lt=webinar.starts_at - before,
        ).in_force()
        people = User.objects.filter(pk__in=rows.values("user"))
        key = f"{REMINDER}:{webinar.uuid}:{webinar.starts_at:%Y%m%dT%H%M}:{name}"
        told += notify(REMINDER, people, context_of(webinar), key=key)
    return told


def _tell_replays(now: dt.datetime) -> int:
    told = 0
    waiting = Webinar.objects.filter(
        has_recording=True, replay_told_at=None, cancelled_at=None, archived_at=None
    )
    for webinar in waiting:
        if webinar.state_at(now) != WebinarState.REPLAY:
            continue
        with transaction.atomic():
            rows = WebinarRegistration.objects.filter(webinar=webinar).in_force()
            people = User.objects.filter(pk__in=rows.values("user"))
            told += notify(REPLAY, people, context_of(webinar), key=f"{REPLAY}:{webinar.uuid}")
            Webinar.objects.filter(pk=webinar.pk).update(replay_told_at=now)
    return told
