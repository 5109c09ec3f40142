"""When a unit counts as done, and what stands in the way of one: pure functions."""

import datetime as dt
from collections.abc import Mapping

from . import playing
from .kinds import CompletionRule as Rule
from .structure import Outline, UnitOutline


def is_done(
    unit: UnitOutline,
    *,
    seconds: int = 0,
    score: float | None = None,
    played: list[list[float]] | None = None,
    length: float = 0,
    marked: bool = False,
    decided: bool = False,
) -> bool:
    """Whether the rule of a unit is fulfilled.

    seconds: active time in the unit; score: 0–1; played: spans of the recording, in seconds, and
    length: of the whole recording. A trainer's decision fulfils every rule.
    """
    if decided:
        return True
    if unit.rule == Rule.SEEN:
        return True
    if unit.rule == Rule.TIME:
        return seconds >= unit.threshold * 60
    if unit.rule == Rule.SCORE:
        return score is not None and score * 100 >= unit.threshold - 1e-9
    if unit.rule == Rule.PLAYED:
        return length > 0 and playing.share(played or [], length) * 100 >= unit.threshold - 1e-6
    if unit.rule == Rule.MARKED:
        return marked
    return False


def missing_before(outline: Outline, unit: UnitOutline, done: Mapping[str, bool]) -> list[str]:
    """Identities of the units to do before this one. One that the version no longer holds is not asked."""
    if not unit.needs:
        return []
    held = {each.uuid for each in outline.units()}
    return [uuid for uuid in unit.needs if uuid in held and not done.get(uuid, False)]


def is_open(outline: Outline, unit: UnitOutline, done: Mapping[str, bool], today: dt.date) -> bool:
    return unit.is_open(today) and not missing_before(outline, unit, done)
