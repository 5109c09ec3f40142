"""What "Mes formations" shows of webinars: the next ones, one's own first."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..steering import panels
from . import queries


@panels.register
def next_webinars(request: HttpRequest) -> dict[str, Any] | None:
    found = queries.next_for(request.user)
    if not found:
        return None
    return {
        "title": _("The next webinars"),
        "template": "learning/webinars/_panel.html",
        "context": {"webinars": found},
        "order": 35,
    }
