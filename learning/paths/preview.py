"""Seeing a path as a learner would: while it lasts nobody is enrolled, so that nothing is kept.

    with previewing():
        return render(…)

Unit types ask `reading.enrolment_of` for the enrolment: it answers None, even for an editor who
follows the path. Their forms are shown inert by the page of the unit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_previewing: ContextVar[bool] = ContextVar("previewing", default=False)


@contextmanager
def previewing() -> Iterator[None]:
    token = _previewing.set(True)
    try:
        yield
    finally:
        _previewing.reset(token)


def is_preview() -> bool:
    return _previewing.get()
