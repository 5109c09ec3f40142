"""The secret address of a personal calendar.

It is derived from the row with the site's key, and stored nowhere: whoever reads the database has
no address, and the person can be shown theirs again, on another telephone, without ending the
first. Raising the generation makes another address and ends the former at once.
"""

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.log_actions import log

from ..models import CalendarFeed

TOKEN = re.compile(r"(?P<uuid>[0-9a-f]{32})(?P<secret>[0-9a-f]{64})")


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the address: 256 bits that nobody guesses, after the identifier."""
    return feed.uuid.hex + _secret(feed, settings.SECRET_KEY)


def _secret(feed: CalendarFeed, key: str) -> str:
    text = f"{feed.uuid.hex}:{feed.generation}"
    return salted_hmac("learning.calendar-feed", text, secret=key, algorithm="sha256").hexdigest()


def find(token: str) -> CalendarFeed | None:
    """The calendar of a token, if it still counts."""
    read = TOKEN.fullmatch(token)
    if read is None:
        return None
    feed = (
        CalendarFeed.objects.filter(uuid=read["uuid"], active=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if feed is None:
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    # No early end: how long it takes says nothing of the key.
    held = [constant_time_compare(_secret(feed, key), read["secret"]) for key in keys]
    return feed if any(held) else None


@transaction.atomic
def open_feed(user: Any) -> CalendarFeed:
    """Give this person an address; one that was cut comes back as another."""
    feed, made = CalendarFeed.objects.select_for_update().get_or_create(user=user)
    if made:
        log(instance=feed, action="learning.feed_opened", user=user)
    elif not feed.active:
        _renew(feed)
        log(instance=feed, action="learning.feed_opened", user=user)
    return feed


@transaction.atomic
def renew_feed(user: Any) -> CalendarFeed | None:
    """Another address; the former answers no more. None without one."""
    feed = CalendarFeed.objects.select_for_update().filter(user=user, active=True).first()
    if feed is not None:
        _renew(feed)
        log(instance=feed, action="learning.feed_renewed", user=user)
    return feed


@transaction.atomic
def cut_feed(user: Any) -> None:
    """The address answers no more."""
    feed = CalendarFeed.objects.select_for_update().filter(user=user, active=True).first()
    if feed is not None:
        feed.active, feed.changed_at = False, timezone.now()
        feed.save()
        log(instance=feed, action="learning.feed_cut", user=user)


def _renew(feed: CalendarFeed) -> None:
    feed.generation += 1
    feed.active, feed.changed_at = True, timezone.now()
    feed.save()
