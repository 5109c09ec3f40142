"""What "Mes formations" shows of paths: where to go on."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..steering import panels
from . import reading


@panels.register
def my_paths(request: HttpRequest) -> dict[str, Any] | None:
    """The paths of this person, the last active first."""
    found = reading.my_paths(request.user)
    if not found:
        return None
    return {
        "title": _("My online paths"),
        "template": "learning/paths/panel.html",
        "context": {"paths": found},
        "order": 30,
    }
