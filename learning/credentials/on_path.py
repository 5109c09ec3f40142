"""The attestation of a path that is completed, where its learner reads that it is."""

from typing import Any

from django.utils.translation import gettext as _

from ..models import Enrolment, PathCertificate
from ..paths import extras
from ..paths.kinds import EnrolmentState
from ..paths.shown import PathView


@extras.register_for_path
def own_attestation(enrolment: Enrolment, view: PathView) -> dict[str, Any] | None:
    """The last one issued for this round, revoked ones too, which say so: two queries."""
    if enrolment.state != EnrolmentState.COMPLETED:
        return None
    rows = PathCertificate.objects.filter(enrolment=enrolment).select_related("revocation")
    row = rows.select_related("replaced_by").order_by("-issued_at", "-pk").first()
    if row is None:
        return None
    return {
        "title": _("Your attestation"),
        "template": "learning/credentials/_on_path.html",
        "context": {"row": row},
        "code": "attestation",
        "order": 5,
    }
