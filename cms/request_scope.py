"""A memory that lasts one request, for what several parts of a page ask alike.

Outside a request (commands, tasks, tests that call functions) nothing is remembered, so nothing
can go stale.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_scope: ContextVar[dict[Any, Any] | None] = ContextVar("request_scope", default=None)


def begin() -> Any:
    return _scope.set({})


def end(token: Any) -> None:
    _scope.reset(token)


def remember(key: Any, compute: Callable[[], T]) -> T:
    """The value computed for this key earlier in the request, or computed now."""
    scope = _scope.get()
    if scope is None:
        return compute()
    if key not in scope:
        scope[key] = compute()
    return scope[key]


def forget() -> None:
    """Drop what was remembered: called when the request itself changed the data."""
    scope = _scope.get()
    if scope is not None:
        scope.clear()
