"""The tabs of a session for whoever runs it. Each room registers its own:

tabs.register(Tab("attendance", "learning:attendance", _("Attendance"), 20))

A tab's address takes the session's uuid; its template extends `learning/running/base.html` and its
context comes from `learning.running.frame.framed`.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Tab:
    """name: which tab a page is on; permission: who sees it, asked of the session."""

    name: str
    url_name: str
    label: Any
    order: int
    permission: str = "learning.run_session"


TABS: list[Tab] = []


def register(tab: Tab) -> Tab:
    """Add a tab; the same name again replaces it."""
    TABS[:] = sorted(
        [*(held for held in TABS if held.name != tab.name), tab], key=lambda held: held.order
    )
    return tab


def shown(user: Any, session: Any, current: str) -> list[dict[str, Any]]:
    """The tabs that this person may open, for `components/tabs.html`."""
    allowed = {name: user.has_perm(name, session) for name in {tab.permission for tab in TABS}}
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[session.uuid]),
            "current": tab.name == current,
        }
        for tab in TABS
        if allowed[tab.permission]
    ]
