"""The personal calendar on "Mes formations"."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import CalendarFeed
from ..steering import panels
from .views import addresses


@panels.register
def calendar_panel(request: HttpRequest) -> dict[str, Any]:
    held = CalendarFeed.objects.filter(user=request.user, active=True).first()
    return {
        "title": _("In my calendar"),
        "template": "learning/calendars/_panel.html",
        "context": {"feed": held, **(addresses(held) if held else {})},
        "order": 70,
        "place": panels.ASIDE,
    }
