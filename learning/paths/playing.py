"""What was played of a recording: a union of spans that grows no faster than time passes.

Each second played is paid with time on the clock: half of one at double speed. Nobody pays more than
passed since they began, nor more in one report than the time that it tells of, so that seeking, asking
often and opening two tabs add nothing; reports that waited for the network are paid all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from . import spans

# Before the first report nothing says since when the recording plays.
FIRST_REPORT = 15.0
# Between the clock of the page and the arrival of its report.
SLACK = 2.0
Pairs = Iterable[Iterable[float]]


@dataclass(frozen=True)
class Played:
    """held: all that was played; new: what this report added; paid: the time that playing took in all."""

    held: list[list[float]]
    new: list[list[float]]
    paid: float


def add(
    held: Pairs,
    said: Pairs,
    *,
    paid: float,
    length: float,
    since: float,
    window: float,
    speed: float = 1.0,
) -> Played:
    """Add to `held` what of `said` may have been played.

    length: of the recording, 0 when unknown; since: seconds since the first report; window: seconds of
    which this report tells.
    """
    before = spans.merge((a, b) for a, b in held)
    bounded = spans.clip(((a, b) for a, b in said), 0.0, length or 1_000_000.0)
    left = min(window + SLACK, since + FIRST_REPORT - paid)
    new = spans.shorten(_outside(bounded, before), max(left, 0.0) * speed)
    gained = float(spans.length(new))
    return Played(
        [[round(a, 1), round(b, 1)] for a, b in spans.merge([*before, *new])],
        [[round(a, 1), round(b, 1)] for a, b in new],
        round(paid + gained / speed, 2),
    )


def share(played: Pairs, length: float) -> float:
    """How much of a recording was played, from 0 to 1; 0 when its length is unknown."""
    if length <= 0:
        return 0.0
    return min(1.0, float(spans.length(spans.merge((a, b) for a, b in played))) / length)


def _outside(wanted: list[spans.Span], held: list[spans.Span]) -> list[spans.Span]:
    """What of `wanted` no span of `held` covers."""
    left = list(wanted)
    for start, end in held:
        cut: list[spans.Span] = []
        for a, b in left:
            cut += [span for span in ((a, min(b, start)), (max(a, end), b)) if span[0] < span[1]]
        left = cut
    return left
