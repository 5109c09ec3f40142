"""`notify` is the one way to tell people something.

    registry.notification_kinds.register("bulletin.published", Kind(
        code="bulletin.published", label=_("A Bulletin is published"),
        title=lambda c: _("%(title)s is out") % c, text=…, url=lambda c: c["url"]))

    notify("bulletin.published", users, {"title": …, "url": "/bulletin/…"}, key=f"issue:{event.uuid}")

It is called in the transaction of what it tells. The key makes it happen once: telling the same
person the same key again does nothing. Mail leaves at once, in a daily or in a weekly digest, as
each person chose. See `docs/notifications.md`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise

from cms import mail, registry
from cms.meta import absolute
from cms.tasks import background

from .models import Frequency, Notification, NotificationPreference, User

KEEP_DAYS = 365
BATCH = 100


class UnknownKind(KeyError):
    """No app declared this kind of notification."""


@dataclass(frozen=True)
class Kind:
    """A sort of thing that people are told.

    title, text and url are made from the context, in the reader's language. A `mandatory` kind (a
    session is cancelled, a rule of the account) cannot be switched off, only made less frequent.

    own_mail: the app writes the mail itself (words that people may change, a calendar part), and
    `notify` none. The choice is then to have it or not: the app asks `who_wants_mail`.
    """

    code: str
    label: str | Promise
    title: Callable[[dict[str, Any]], str]
    text: Callable[[dict[str, Any]], str] = lambda context: ""
    url: Callable[[dict[str, Any]], str] = lambda context: context.get("url", "")
    description: str | Promise = ""
    site: bool = True
    mail: str = Frequency.IMMEDIATE
    mandatory: bool = False
    own_mail: bool = False
    # How often a mail may come, where not every frequency makes sense.
    offered: tuple[str, ...] = ()


def kinds() -> list[Kind]:
    return sorted(registry.notification_kinds, key=lambda kind: str(kind.label))


def find(code: str) -> Kind:
    kind = registry.notification_kinds.get(code)
    if kind is None:
        raise UnknownKind(code)
    return kind


@transaction.atomic
def notify(code: str, users: Iterable[User], context: dict[str, Any], key: str) -> int:
    """Tell these people. Returns how many were not told before.

    A constant number of queries, whatever the number of people. Raises UnknownKind.
    """
    kind = find(code)
    people = {user.pk: user for user in users if user.is_active}
    told = Notification.objects.filter(user__in=people, key=key).values_list("user_id", flat=True)
    for user_id in told:
        del people[user_id]
    choices = {
        row.user_id: row
        for row in NotificationPreference.objects.filter(user__in=people, kind=code)
    }
    texts: dict[str, tuple[str, str, str]] = {}
    rows = []
    for user in people.values():
        if user.language not in texts:
            with translation.override(user.language):
                texts[user.language] = (kind.title(context), kind.text(context), kind.url(context))
        title, text, url = texts[user.language]
        choice = choices.get(user.pk)
        on_site = choice.site if choice else kind.site
        frequency = choice.mail if choice else kind.mail
        if kind.own_mail:
            if not on_site:
                continue
            frequency = Frequency.NEVER
        if not on_site and frequency == Frequency.NEVER:
            if not kind.mandatory:
                continue
            on_site = True
        rows.append(
            Notification(
                user=user,
                kind=code,
                key=key,
                title=str(title)[:255],
                text=str(text),
                url=url[:500],
                on_site=on_site,
                mail=frequency,
            )
        )
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if any(row.mail == Frequency.IMMEDIATE for row in rows):
        mail_at_once.enqueue(key)
    return len(rows)


def who_wants_mail(code: str, user_ids: Iterable[int]) -> set[int]:
    """Of these people, those to whom the app writes its own mail of this kind."""
    wanted = set(user_ids)
    if find(code).mandatory:
        return wanted
    never = NotificationPreference.objects.filter(
        user__in=wanted, kind=code, mail=Frequency.NEVER
    ).values_list("user_id", flat=True)
    return wanted - set(never)


def frequencies(kind: Kind) -> list[tuple[str, str]]:
    """How often a mail of this kind may come, to choose from."""
    if kind.offered:
        return [(value, label) for value, label in Frequency.choices if value in kind.offered]
    if not kind.own_mail:
        return list(Frequency.choices)
    offered = [Frequency.IMMEDIATE] if kind.mandatory else [Frequency.IMMEDIATE, Frequency.NEVER]
    return [(value.value, str(value.label)) for value in offered]


@background()
def mail_at_once(key: str) -> None:
    """Put the mails of one notification in the outbox, by batches that each commit."""
    pending = Notification.objects.filter(
        key=key, mail=Frequency.IMMEDIATE, mailed_at=None
    ).select_related("user")
    while batch := list(pending[:BATCH]):
        with transaction.atomic():
            for row in batch:
                mail.queue(
                    row.user.email,
                    "notification",
                    {"notification": row, "link": absolute(row.url) if row.url else ""},
                    key=f"notification:{row.uuid}",
                    language=row.user.language,
                )
            _mark_mailed(batch)


def _mark_mailed(rows: list[Notification]) -> None:
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=timezone.now())


def send_digests(frequency: str, now: dt.datetime | None = None) -> int:
    """One mail to each person who chose this frequency and was told something since the last one."""
    now = now or timezone.now()
    waiting = Notification.objects.filter(mail=frequency, mailed_at=None).select_related("user")
    by_user: dict[int, list[Notification]] = defaultdict(list)
    for row in waiting.order_by("created_at"):
        by_user[row.user_id].append(row)
    groups = iter(by_user.values())
    while batch := list(islice(groups, BATCH)):
        with transaction.atomic():
            for rows in batch:
                user = rows[0].user
                items = [{"row": row, "link": absolute(row.url) if row.url else ""} for row in rows]
                mail.queue(
                    user.email,
                    "digest",
                    {"items": items, "frequency": frequency},
                    # The last row of the digest names it: run twice, it is one mail.
                    key=f"digest:{frequency}:{rows[-1].uuid}",
                    language=user.language,
                )
                _mark_mailed(rows)
    return len(by_user)


def choose(user: User, code: str, *, site: bool, mail: str) -> None:
    """Keep one person's choice for one kind. A mandatory kind stays at least on the site."""
    kind = find(code)
    if kind.mandatory and not site and mail == Frequency.NEVER:
        site = True
    NotificationPreference.objects.update_or_create(
        user=user, kind=code, defaults={"site": site, "mail": mail}
    )


def unread_count(user: User) -> int:
    return Notification.objects.filter(user=user, on_site=True, read_at=None).count()


def purge(now: dt.datetime | None = None) -> int:
    before = (now or timezone.now()) - dt.timedelta(days=KEEP_DAYS)
    return Notification.objects.filter(created_at__lt=before).delete()[0]
