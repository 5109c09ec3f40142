"""What every calendar that we publish has in common (RFC 5545, RFC 7986)."""

import datetime as dt

from django.conf import settings
from icalendar import Calendar, vDuration, vText, vUri


def calendar(part: str) -> Calendar:
    """An empty calendar. part: what of the site makes it, in a word."""
    made = Calendar()
    made.add("prodid", f"-//{settings.SITE_NAME}//{part}//FR")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    return made


def calendar_to_follow(part: str, name: str, url: str, refresh: dt.timedelta) -> Calendar:
    """The same for whoever subscribes: with its name, its address, how often to read it again."""
    made = calendar(part)
    for key in ("name", "x-wr-calname"):
        made.add(key, vText(name))
    made.add("url", vUri(url))
    for key in ("refresh-interval", "x-published-ttl"):
        made.add(key, vDuration(refresh), parameters={"VALUE": "DURATION"})
    return made
