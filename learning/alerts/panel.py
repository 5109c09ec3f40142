"""One's alerts on "Mes formations"."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models import SessionAlert
from ..steering import holdings, panels
from .services import not_run_out


@holdings.register("alerts")
def mine(user: Any) -> QuerySet[SessionAlert]:
    # Whoever reads this has an open account: it is not asked.
    rows: QuerySet[SessionAlert] = not_run_out().filter(user=user)
    return rows


@panels.register
def alerts_panel(request: HttpRequest) -> dict[str, Any]:
    held: list[SessionAlert] = []
    if holdings.has(request.user, "alerts"):
        rows = mine(request.user).select_related("module", "commune")
        held = list(rows.only("distance", "module__title", "commune__name"))
    return {
        "title": _("Tell me when a session opens"),
        "template": "learning/alerts/_panel.html",
        "context": {"alerts": held},
        "order": 80,
        "place": panels.ASIDE,
    }
