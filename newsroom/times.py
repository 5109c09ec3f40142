"""When an event takes place: days and hours as the clock of the place shows them, and as moments."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

PARIS = ZoneInfo("Europe/Paris")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class EventTimes:
    """Days and hours of the place. Without a first hour the event lasts whole days."""

    starts_on: dt.date
    starts_time: dt.time | None
    ends_on: dt.date | None
    ends_time: dt.time | None
    zone: ZoneInfo

    @property
    def last(self) -> dt.date:
        return self.ends_on or self.starts_on

    @property
    def whole_days(self) -> bool:
        return self.starts_time is None

    @property
    def several_days(self) -> bool:
        return self.last != self.starts_on

    @property
    def local_start(self) -> dt.datetime:
        return dt.datetime.combine(self.starts_on, self.starts_time or dt.time(), self.zone)

    @property
    def local_end(self) -> dt.datetime:
        """The last moment of the event; without a last hour, the end of the last day."""
        if self.ends_time is not None:
            return dt.datetime.combine(self.last, self.ends_time, self.zone)
        return dt.datetime.combine(self.last + DAY, dt.time(), self.zone)

    @property
    def start(self) -> dt.datetime:
        return self.local_start.astimezone(dt.UTC)

    @property
    def end(self) -> dt.datetime:
        return self.local_end.astimezone(dt.UTC)

    def errors(self) -> dict[str, Any]:
        """What is wrong, by field of the event."""
        if self.ends_on and self.ends_on < self.starts_on:
            return {"ends_on": _("The last day cannot be before the first.")}
        if self.ends_time is not None and self.starts_time is None:
            return {"starts_time": _("Give the first hour too, or neither of them.")}
        if self.several_days and self.starts_time is not None and self.ends_time is None:
            return {"ends_time": _("Give the hour at which the last day ends.")}
        for name, moment in (("starts_time", self.local_start), ("ends_time", self.local_end)):
            if _is_skipped(moment):
                return {name: _("Clocks go forward that night: this hour does not exist.")}
        if self.end <= self.start:
            return {"ends_time": _("The event ends before it starts.")}
        return {}


def _is_skipped(moment: dt.datetime) -> bool:
    """Whether the local clock jumps over this hour."""
    back = moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) != moment.replace(tzinfo=None)
