"""Tabs of one thing (a session, a cohort), which each room of training adds to."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Tab:
    """name: which tab a page is on; permission: who sees it, asked of the thing ("": as the others)."""

    name: str
    url_name: str
    label: Any
    order: int
    permission: str = ""


class Tabs:
    """Those of one kind of thing, whose addresses take its uuid."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        self.held: list[Tab] = []

    def register(self, tab: Tab) -> Tab:
        """Add a tab; the same name again replaces it."""
        self.held[:] = sorted(
            [*(held for held in self.held if held.name != tab.name), tab],
            key=lambda held: held.order,
        )
        return tab

    def shown(self, user: Any, thing: Any, current: str) -> list[dict[str, Any]]:
        """The tabs that this person may open, for `components/tabs.html`."""
        asked = {tab.permission or self.permission for tab in self.held}
        allowed = {name: user.has_perm(name, thing) for name in asked}
        return [
            {
                "label": tab.label,
                "url": reverse(tab.url_name, args=[thing.uuid]),
                "current": tab.name == current,
            }
            for tab in self.held
            if allowed[tab.permission or self.permission]
        ]
