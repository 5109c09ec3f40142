"""Articles grow old: whoever is in charge is reminded until they are checked."""

import datetime as dt
from calendar import monthrange
from typing import Any

from django.utils import timezone

from accounts.notify import notify
from accounts.roles import holders

from .models import ToolboxArticlePage

TO_CHECK = "toolbox.to_check"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))


def due(today: dt.date) -> list[ToolboxArticlePage]:
    """Live articles whose next check has come, archives aside."""
    articles = (
        ToolboxArticlePage.objects.filter(live=True, archived=False, alias_of=None)
        .select_related("in_charge", "locale")
        .defer_streamfields()
        .defer("search_text")
        .order_by("checked_on", "pk")
    )
    return [article for article in articles if article.check_due <= today]


def remind(today: dt.date | None = None) -> int:
    """Tell who must check what: once a month for each article. Returns how many were told."""
    today = today or timezone.localdate()
    team: list[Any] | None = None
    told = 0
    for article in due(today):
        people = [article.in_charge] if article.in_charge and article.in_charge.is_active else team
        if people is None:
            people = team = list(holders("national-team"))
        told += notify(
            TO_CHECK,
            people,
            {
                "title": article.title,
                "checked_on": article.checked_on.isoformat(),
                "url": article.get_url() or "",
            },
            key=f"toolbox-check:{article.pk}:{article.checked_on}:{today:%Y-%m}",
        )
    return told
