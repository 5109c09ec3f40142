"""The personal calendar on "Mes formations"."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import CalendarFeed
from ..steering import holdings, panels
from .views import addresses


@holdings.register("calendar")
def mine(user: Any) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(user=user, active=True)


@panels.register
def calendar_panel(request: HttpRequest) -> dict[str, Any]:
    held = mine(request.user).first() if holdings.has(request.user, "calendar") else None
    return {
        "title": _("In my calendar"),
        "template": "learning/calendars/_panel.html",
        "context": {"feed": held, **(addresses(held) if held else {})},
        "order": 70,
        "place": panels.ASIDE,
    }
