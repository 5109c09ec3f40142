"""What attestations give: ears for completed paths, a panel, doors, an export."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import learning.credentials.demo
import learning.credentials.jobs
import learning.credentials.log_words
import learning.credentials.notifications
import learning.credentials.on_path
import learning.credentials.personal
import learning.credentials.rules
import learning.credentials.url_cases  # noqa: F401
from cms import registry
from cms.exports import Export

from ..models import Enrolment, PathCertificate
from ..signals import path_completed
from ..steering import panels
from ..steering.mine import mine
from . import queries, services
from .forms import CertificateFilters

PANEL = 6


@receiver(path_completed, dispatch_uid="learning.credentials.issue")
def issue_when_completed(sender: Any, enrolment: Enrolment, **_kwargs: Any) -> None:
    services.issue_or_say(enrolment)


@panels.register
def my_attestations(request: HttpRequest) -> dict[str, Any] | None:
    """The last documents of this person, of paths and of sessions: two queries."""
    found = queries.own_lines(request.user, PANEL, had_sessions=bool(mine(request.user).rows))
    if not found:
        return None
    return {
        "title": _("My attestations"),
        "template": "learning/credentials/panel.html",
        "context": {"found": found, "url": reverse("learning:attestations")},
        "order": 60,
    }


@registry.pro_doors.provide("learning.credentials")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("learning.follow_path_certificates"):
        yield {
            "door": "activity",
            "label": _("Attestations of paths"),
            "text": _("Who completed which path, with which attestation."),
            "url": reverse("learning:attestations-followed"),
            "order": 47,
        }


def state_of(row: PathCertificate) -> str:
    """In one word, for a list."""
    if row.revoked is not None:
        return _("Revoked")
    return _("Run out") if row.has_run_out else _("Valid")


CERTIFICATES = Export(
    code="attestations-parcours",
    label=gettext_lazy("Attestations of paths"),
    columns=[
        (gettext_lazy("No."), lambda row: row.number),
        (gettext_lazy("Person"), lambda row: str(row.enrolment.user)),
        (gettext_lazy("Path"), lambda row: row.facts["path"]),
        (gettext_lazy("Version"), lambda row: row.facts["version"]),
        (gettext_lazy("Cohort"), lambda row: row.enrolment.cohort),
        (gettext_lazy("Completed on"), lambda row: row.facts["completed_on"]),
        (gettext_lazy("Learning time (minutes)"), lambda row: round(row.facts["seconds"] / 60)),
        (gettext_lazy("Issued on"), lambda row: row.issued_at),
        (gettext_lazy("Valid until"), lambda row: row.valid_until),
        (gettext_lazy("State"), state_of),
        (gettext_lazy("Revoked on"), lambda row: row.revoked.at if row.revoked else None),
        (gettext_lazy("Reason"), lambda row: row.revoked.reason if row.revoked else ""),
        (gettext_lazy("Fictitious"), lambda row: row.facts["fictitious"]),
    ],
    rows=lambda user, filters: queries.narrowed(queries.followed(user), filters),
    may_export=lambda user: user.has_perm("learning.follow_path_certificates"),
    form=CertificateFilters,
)
registry.export_kinds.register(CERTIFICATES.code, CERTIFICATES)
