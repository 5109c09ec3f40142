"""Spans of time: learning time and what was watched of a recording are unions of them.

A span is a pair (start, end) of comparable values, start < end, both ends belonging to it: two that
touch are one. A list of spans is in order and disjoint.
"""

from collections.abc import Iterable
from typing import Any

Span = tuple[Any, Any]


def merge(spans: Iterable[Span]) -> list[Span]:
    """The union, in order and disjoint; empty or reversed spans are left out."""
    merged: list[Span] = []
    for start, end in sorted((start, end) for start, end in spans if start < end):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def add(spans: list[Span], span: Span) -> list[Span]:
    """The union of a list of spans with one more."""
    return merge([*spans, span])


def length(spans: Iterable[Span]) -> Any:
    """What the spans cover together; 0 for none. They must be disjoint (`merge`)."""
    total: Any = 0
    for start, end in spans:
        total = (end - start) + total if total else end - start
    return total


def clip(spans: Iterable[Span], start: Any, end: Any) -> list[Span]:
    """What of the spans lies between two bounds."""
    return merge((max(a, start), min(b, end)) for a, b in spans)


def shorten(spans: Iterable[Span], most: Any) -> list[Span]:
    """The beginning of the spans, in order, until they cover `most`."""
    kept: list[Span] = []
    left = most
    for start, end in merge(spans):
        if left <= 0:
            break
        stop = min(end, start + left)
        kept.append((start, stop))
        left -= stop - start
    return kept
