"""What was granted to a person alone, as they read it on the page of their path.

They read who, when and why: the form on which it is granted says so to whoever fills it in.
"""

from typing import Any

from django.utils.translation import gettext as _

from ..models import Enrolment
from ..paths import extras
from ..paths.kinds import EnrolmentState
from ..paths.shown import PathView
from .overrides import granted_to


@extras.register_for_path
def own_terms(enrolment: Enrolment, view: PathView) -> dict[str, Any] | None:
    """Nothing once the path is over: nothing is to be done by then any more."""
    if enrolment.state != EnrolmentState.ACTIVE:
        return None
    granted = []
    for act in granted_to(enrolment):
        place = view.find(str(act.unit.uuid)) if act.unit else None
        if act.unit is None or place is not None:
            granted.append((act, place.title if place else ""))
    if not granted:
        return None
    return {
        "title": _("Granted to you"),
        "template": "learning/enrolling/_granted.html",
        "context": {"granted": granted},
        "code": "accorde",
        "order": 10,
    }
