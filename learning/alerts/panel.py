"""One's alerts on "Mes formations"."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..steering import panels
from .services import not_run_out


@panels.register
def alerts_panel(request: HttpRequest) -> dict[str, Any]:
    # Whoever reads this has an open account: it is not asked.
    rows = not_run_out().filter(user=request.user).select_related("module", "commune")
    held = rows.only("distance", "module__title", "commune__name")
    return {
        "title": _("Tell me when a session opens"),
        "template": "learning/alerts/_panel.html",
        "context": {"alerts": list(held)},
        "order": 80,
        "place": panels.ASIDE,
    }
