"""What happened to somebody on a path, newest first. Rooms give theirs:

    @timeline.register
    def submissions(enrolment, limit):
        yield Entry(at=…, title=_("Assignment sent"), text=…, icon="file-text")

A source gives at most `limit` entries, the newest first: pages are cut from all of them together.
"""

import datetime as dt
import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..models import Enrolment

PER_PAGE = 30
# Further back nobody reads: the export has all of it.
MOST_PAGES = 40


@dataclass(frozen=True)
class Entry:
    """One thing that happened. by: who did it, when it is not the person."""

    at: dt.datetime
    title: str
    text: str = ""
    url: str = ""
    icon: str = ""
    by: Any = None


Source = Callable[[Enrolment, int], Iterable[Entry]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


@dataclass
class TimelinePage:
    """A page of what happened. older: the number of the page before it in time, or None."""

    entries: list[Entry]
    number: int
    older: int | None

    @property
    def newer(self) -> int | None:
        return self.number - 1 if self.number > 1 else None


def page(enrolment: Enrolment, number: int = 1) -> TimelinePage:
    """As few queries as there are sources, whatever the page."""
    limit = number * PER_PAGE + 1
    given = [list(islice(source(enrolment, limit), limit)) for source in _sources]
    merged = heapq.merge(*given, key=lambda entry: entry.at, reverse=True)
    shown = list(islice(merged, limit - 1 - PER_PAGE, limit))
    more = len(shown) > PER_PAGE and number < MOST_PAGES
    return TimelinePage(shown[:PER_PAGE], number, number + 1 if more else None)
