"""Opening hours of a plain week, read from OpenStreetMap syntax to be written out.

Only weekdays, hours and `off`: what most Maisons have. Anything else (holidays, odd weeks, months) is
left to a real evaluator, and shown as unknown rather than wrong.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
SCHEMA_DAYS = tuple(
    f"https://schema.org/{day}"
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
_DAY = "|".join(DAYS)
_RULE = re.compile(
    rf"(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?(?:,(?:{_DAY})(?:-(?:{_DAY}))?)*) (?P<hours>off|[\d:,-]+)"
)
_RANGE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True)
class Day:
    """One weekday (0 is Monday) and its ranges, as ("09:00", "12:00")."""

    index: int
    ranges: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return NAMES[self.index]


def parse_week(text: str) -> list[Day] | None:
    """The seven days, or None when the text is empty, wrong, or more than a plain week.

    As the syntax says, a later rule replaces an earlier one for its days:
    "Mo-Fr 09:00-17:00; We 09:00-12:00" is open on Wednesday morning only.
    """
    week: dict[int, tuple[tuple[str, str], ...]] = {}
    rules = [rule.strip() for rule in text.split(";") if rule.strip()]
    for rule in rules:
        match = _RULE.fullmatch(rule)
        if not match:
            return None
        ranges = _ranges(match["hours"])
        if ranges is None:
            return None
        for index in _days(match["days"]):
            week[index] = ranges
    if not rules:
        return None
    return [Day(index, week.get(index, ())) for index in range(7)]


def _ranges(text: str) -> tuple[tuple[str, str], ...] | None:
    if text == "off":
        return ()
    found = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part)
        if not match:
            return None
        start, end = part.split("-")
        if not start < end <= "24:00" or (found and start < found[-1][1]):
            return None
        found.append((start, end))
    return tuple(found)


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        first, _sep, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        span = range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]
        days.extend(span)
    return days
