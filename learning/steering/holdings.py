"""What somebody has of what most people have nothing of: asked in one query for the whole page.

    from learning.steering import holdings

    @holdings.register("alerts")
    def mine(user):
        return SessionAlert.objects.filter(user=user)

    if holdings.has(request.user, "alerts"):
        …

A panel that would find nothing then asks nothing.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet

from accounts.models import User
from cms.request_scope import remember

Rows = Callable[[Any], QuerySet[Any]]
_rows: dict[str, Rows] = {}


def register(code: str) -> Callable[[Rows], Rows]:
    """Decorate `callable(user) -> queryset` of what somebody has."""

    def keep(rows: Rows) -> Rows:
        _rows[code] = rows
        return rows

    return keep


def has(user: Any, code: str) -> bool:
    """Whether this person has something of the kind: one query a request for all kinds."""
    return bool(remember(("learning.holdings", user.pk), lambda: _read(user))[code])


def _read(user: Any) -> dict[str, Any]:
    held = {code: Exists(rows(user).order_by()) for code, rows in _rows.items()}
    return User.objects.values(**held).get(pk=user.pk)
