"""What a process tells Python about its memory."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the young ones are looked at, and how often the older ones are with them. A page
# makes tens of thousands that die with it; with the defaults of Python (700, 10, 10) looking at them takes
# up to a tenth of the time of a long page, all at once (measured: docs/decisions/0011).
THRESHOLDS = (20_000, 20, 50)


def settle() -> None:
    """Once everything is loaded: leave it out of every later collection, and collect less often.

    Called before the server makes its processes, which then share that memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """The same thresholds for a while, in a process that has long work to do."""
    held = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*held)
