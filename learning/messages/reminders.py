"""Reminders: some days before a date, once for each registration and hour of that date.

The clock asks every quarter of an hour. A reminder falls due at the hour of the date, so many days
before, on the clock of the place. When the clock was stopped it leaves late, unless a nearer one is
due by then. The outbox's key makes it once; a date that is moved makes a new one.
"""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from accounts.notify import notify, who_wants_mail
from cms.mail import Letter, queue_many

from ..calendars.invitations import last_told
from ..kinds import RegistrationState, SessionState
from ..models import (
    MessageKind,
    Registration,
    Session,
    SessionDate,
    TrainingMessageSettings,
)
from .writing import Wording, letters, when_in_words

# Whoever was told the date less than this before is not reminded of it.
FRESH = dt.timedelta(days=1)
KIND = "learning.reminder"


def send_reminders(now: dt.datetime | None = None) -> int:
    """Queue the reminders that are due, a transaction for each session. Returns how many mails."""
    now = now or timezone.now()
    days = TrainingMessageSettings.load().days
    if not days:
        return 0
    horizon = now + dt.timedelta(days=max(days) + 1)
    sessions = (
        Session.objects.filter(
            state=SessionState.OPEN,
            dates__cancelled_at=None,
            dates__starts_at__gt=now,
            dates__starts_at__lte=horizon,
        )
        .distinct()
        .select_related("module", "commune__department")
        .prefetch_related(Prefetch("dates", SessionDate.objects.order_by("starts_at", "pk")))
    )
    return sum(_remind(session, days, now) for session in sessions)


def falls_due(date: SessionDate, days: int) -> dt.datetime:
    """The same hour so many days before, on the clock of the place, whatever the season."""
    local = date.local_start
    before = local.replace(tzinfo=None) - dt.timedelta(days=days)
    return before.replace(tzinfo=local.tzinfo)


def due_now(session: Session, days: list[int], now: dt.datetime) -> list[tuple[SessionDate, int]]:
    """[(date, days before)]: the nearest reminder that is due of each coming date.

    None for a date that follows another within those days: one reminder tells of both.
    """
    found = []
    dates = session.current_dates
    for position, date in enumerate(dates):
        date.session = session
        if date.starts_at <= now:
            continue
        for before in days:
            moment = falls_due(date, before)
            if moment > now:
                continue
            follows = position > 0 and dates[position - 1].starts_at >= moment
            if not follows:
                found.append((date, before))
            break
    return found


@transaction.atomic
def _remind(session: Session, days: list[int], now: dt.datetime) -> int:
    due = due_now(session, days, now)
    if not due:
        return 0
    rows = list(
        Registration.objects.filter(
            session=session, state=RegistrationState.CONFIRMED
        ).select_related("user", "maison")
    )
    wanting = who_wants_mail(KIND, [row.user_id for row in rows])
    told = last_told(rows)
    wording = Wording(MessageKind.REMINDER)
    made: list[Letter] = []
    people = defaultdict(list)
    for date, before in due:
        for row in rows:
            row.session = session
            last = told.get((row.pk, date.pk))
            since = last.at if last else row.created_at
            if since > falls_due(date, before) - FRESH:
                continue
            people[date, before].append(row.user)
            if row.user_id in wanting:
                key = f"reminder:{row.uuid}:{date.uuid}:{date.starts_at:%Y%m%dT%H%M}:{before}"
                left = days_left(date, now)
                made += letters(wording, row, {"quand": lambda left=left: when_in_words(left)}, key)
    for (date, before), users in people.items():
        _notify(session, date, before, users, now)
    return queue_many(made)


def days_left(date: SessionDate, now: dt.datetime) -> int:
    """How many nights until a date, on the clock of the place; 0 is today."""
    return (date.local_start.date() - now.astimezone(date.session.zone).date()).days


def _notify(
    session: Session, date: SessionDate, before: int, users: list, now: dt.datetime
) -> None:
    from ..telling import context_of

    context = context_of(session, start=date.local_start, days=days_left(date, now))
    notify(KIND, users, context, key=f"reminder:{date.uuid}:{date.starts_at:%Y%m%dT%H%M}:{before}")
