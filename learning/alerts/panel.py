"""One's alerts on "Mes formations"."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.models import Commune

from ..models import TrainingModulePage
from ..steering import panels
from .services import not_run_out


@panels.register
def alerts_panel(request: HttpRequest) -> dict[str, Any]:
    # Whoever reads this has an open account: it is not asked. Most follow nothing: names are then not
    # looked for either.
    rows = (
        not_run_out()
        .filter(user=request.user)
        .prefetch_related(
            Prefetch("module", TrainingModulePage.objects.only("title")),
            Prefetch("commune", Commune.objects.only("name")),
        )
    )
    return {
        "title": _("Tell me when a session opens"),
        "template": "learning/alerts/_panel.html",
        "context": {"alerts": list(rows)},
        "order": 80,
        "place": panels.ASIDE,
    }
