"""Prerequisites that go round in circles: pure functions over {what: what it needs}."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def circle(needs: Mapping[K, Iterable[K]], start: K) -> list[K]:
    """The shortest way from `start` back to itself, `start` first; empty when there is none."""
    ways: list[list[K]] = [[start]]
    seen: set[K] = set()
    while ways:
        way = ways.pop(0)
        for needed in needs.get(way[-1], ()):
            if needed == start:
                return way
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return []


def never_open(needs: Mapping[K, Iterable[K]]) -> set[K]:
    """What waits for itself, at once or through others, and so never opens."""
    reachable: set[K] = set()
    grew = True
    while grew:
        grew = False
        for key, needed in needs.items():
            if key not in reachable and all(n in reachable or n not in needs for n in needed):
                reachable.add(key)
                grew = True
    return set(needs) - reachable
