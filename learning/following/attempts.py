"""Attempts that failed, as the rooms whose units are attempted know them.

    @attempts.register
    def of_quizzes(enrolments):           # ids of enrolments
        yield Tries(enrolment=…, unit=…, failed_at=(…, …), left=0)

Providers answer for many people at once: one query each, whatever their number. Where none answers,
each report that did not succeed since the last reset counts as one failed attempt.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..models import ProgressEvent
from ..paths.kinds import ProgressAct

Key = tuple[int, int]
LOWERING = (ProgressAct.RESET, ProgressAct.REOPEN)


@dataclass(frozen=True)
class Tries:
    """Somebody's failed attempts at a unit, oldest first. left: how many remain, None without limit."""

    enrolment: int
    unit: int
    failed_at: tuple[dt.datetime, ...]
    left: int | None = None


Provider = Callable[[list[int]], Iterable[Tries]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    if provider not in _providers:
        _providers.append(provider)
    return provider


def lowered(enrolments: list[int]) -> dict[Key, dt.datetime]:
    """{(enrolment, unit): when it was last reset or reopened}."""
    rows = ProgressEvent.objects.filter(enrolment__in=enrolments, act__in=LOWERING).order_by("at")
    return {(e, u): at for e, u, at in rows.values_list("enrolment", "unit", "at")}


def of(enrolments: list[int], since: dict[Key, dt.datetime]) -> dict[Key, Tries]:
    """What is known of these people's attempts. since: when each unit began anew."""
    if not enrolments:
        return {}
    failed: dict[Key, list[dt.datetime]] = defaultdict(list)
    rows = ProgressEvent.objects.filter(
        enrolment__in=enrolments, act=ProgressAct.REPORT, said__success=False
    )
    for e, u, at in rows.order_by("at").values_list("enrolment", "unit", "at"):
        if (e, u) not in since or at > since[e, u]:
            failed[e, u].append(at)
    found = {(e, u): Tries(e, u, tuple(moments)) for (e, u), moments in failed.items()}
    for provider in _providers:
        for row in provider(enrolments):
            key = row.enrolment, row.unit
            late = since.get(key)
            counted = tuple(at for at in row.failed_at if late is None or at > late)
            found[key] = replace(row, failed_at=counted)
    return found
