"""Time zones as iCalendar describes them (RFC 5545, 3.6.5), from the system's own tables."""

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def describe(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """The zone from the start of the year `first` to the end of the year `last`.

    icalendar's own `Timezone.from_tzid` dates the start of summer an hour late (3:00 instead of 2:00
    in Paris), and says nothing of winter when its first day is in summer. Where the clock changes
    by a yearly rule the rule is given: Outlook reads no lists of dates ([MS-OXCICAL]
    2.1.3.1.1.19.2.2). The rules begin a year before, so that they cover the first winter.
    """
    described = Timezone()
    described.add("tzid", zone.key)
    rules = [
        (before, moments, yearly_rule(moments, before, last - first + 2))
        for before, moments in _onsets(zone, first - 1, last)
    ]
    if rules and all(rule for _before, _moments, rule in rules):
        for before, moments, rule in rules:
            described.add_component(_observance(zone, before, moments[:1], rule))
        return described
    start = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    offset = start.astimezone(zone).utcoffset() or dt.timedelta()
    described.add_component(_observance(zone, offset, [start - offset]))
    for before, moments in _onsets(zone, first, last):
        described.add_component(_observance(zone, before, moments))
    return described


def _onsets(zone: ZoneInfo, first: int, last: int) -> list[tuple[dt.timedelta, list[dt.datetime]]]:
    """[(offset until then, moments)]: the jumps of the clock from one offset to one other."""
    found: dict[tuple[dt.timedelta, dt.timedelta], list[dt.datetime]] = {}
    for moment in changes(zone.key, first, last):
        before = (moment - SECOND).astimezone(zone).utcoffset() or dt.timedelta()
        after = moment.astimezone(zone).utcoffset() or dt.timedelta()
        found.setdefault((before, after), []).append(moment)
    return [(before, moments) for (before, _after), moments in found.items()]


def yearly_rule(
    moments: list[dt.datetime], before: dt.timedelta, years: int
) -> dict[str, Any] | None:
    """ "The last Sunday of March": what these moments share, one in each of these years; else None."""
    shown = [(moment + before).replace(tzinfo=None) for moment in moments]
    alike = {(each.month, each.weekday(), each.time()) for each in shown}
    if len(alike) != 1 or len({each.year for each in shown}) != years or len(shown) != years:
        return None
    month, weekday, _time = alike.pop()
    ranks = {(each.day - 1) // 7 + 1 for each in shown}
    if all(each.day + 7 > monthrange(each.year, each.month)[1] for each in shown):
        rank = -1
    elif len(ranks) == 1:
        rank = ranks.pop()
    else:
        return None
    return {"freq": "yearly", "bymonth": month, "byday": f"{rank}{WEEKDAYS[weekday]}"}


def _observance(
    zone: ZoneInfo,
    before: dt.timedelta,
    moments: list[dt.datetime],
    rule: dict[str, Any] | None = None,
) -> Timezone:
    """What begins at these moments; they are written as the clock showed them until then."""
    local = moments[0].astimezone(zone)
    kind = TimezoneDaylight if local.dst() else TimezoneStandard
    shown = [(moment + before).replace(tzinfo=None) for moment in moments]
    part = kind()
    part.add("dtstart", shown[0])
    if rule:
        part.add("rrule", rule)
    elif shown[1:]:
        part.add("rdate", shown[1:])
    part.add("tzname", local.tzname() or zone.key)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", local.utcoffset())
    return part


@lru_cache(maxsize=64)
def changes(key: str, first: int, last: int) -> tuple[dt.datetime, ...]:
    """The moments (UTC) at which the clock of a zone jumps, within these years."""
    zone, found = ZoneInfo(key), []
    moment, end = (
        dt.datetime(first, 1, 1, tzinfo=dt.UTC),
        dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC),
    )
    while moment < end:
        if _offset(zone, moment) != _offset(zone, moment + DAY):
            found.append(_jump(zone, moment, moment + DAY))
        moment += DAY
    return tuple(found)


def _jump(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The first second of the new offset, between two moments that differ."""
    start = _offset(zone, before)
    while after - before > SECOND:
        middle = before + dt.timedelta(seconds=(after - before) // SECOND // 2)
        if _offset(zone, middle) == start:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta | None:
    return moment.astimezone(zone).utcoffset()
