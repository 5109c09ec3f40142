"""What discussions give to the other apps: doors, panels, personal data, notifications, cases."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import registry

from . import kinds, personal, queries, url_cases  # noqa: F401
from .targets import moderates_something

OLDEST = 3


@registry.pro_doors.provide("accounts.threads")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    yield {
        "door": "exchange",
        "label": _("Discussions"),
        "text": _("What you follow, what you wrote, and the answers."),
        "url": reverse("threads:mine"),
        "order": 30,
    }


@registry.pro_panels.provide("accounts.threads")
def panel(request: HttpRequest) -> dict[str, Any] | None:
    """What waits for a moderator, on the home page of the professional space."""
    found = _waiting(request.user)
    if found is None:
        return None
    return found | {"template": "accounts/threads/panel.html", "order": 31}


@registry.editor_panels.provide("accounts.threads")
def editor_panel(request: HttpRequest) -> dict[str, Any] | None:
    """The same, on the home page of the admin, beside what waits for moderators elsewhere."""
    found = _waiting(request.user)
    if found is None:
        return None
    return found | {"template": "accounts/threads/admin_panel.html", "order": 30}


def _waiting(user: Any) -> dict[str, Any] | None:
    if not moderates_something(user):
        return None
    rows = queries.to_moderate(user)
    count = rows.count()
    if not count:
        return None
    oldest = list(rows.select_related("thread")[:OLDEST])
    targets = queries.targets_of([row.thread for row in oldest], user)
    title = ngettext("%(count)d message to moderate", "%(count)d messages to moderate", count)
    lines = [(row, targets.get(row.thread_id)) for row in oldest]
    return {"title": title % {"count": count}, "context": {"count": count, "rows": lines}}
