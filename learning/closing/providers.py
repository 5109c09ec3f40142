"""What closing gives: its tab, panels, doors, an export, and ears for corrections."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import learning.closing.demo
import learning.closing.log_words
import learning.closing.notifications
import learning.closing.personal
import learning.closing.rules
import learning.closing.url_cases  # noqa: F401
from cms import registry
from cms.exports import Export

from ..models import Registration
from ..running import tabs
from ..signals import attendance_corrected
from . import queries, services
from .forms import EvidenceFilters

tabs.register(tabs.Tab("closing", "learning:closing", gettext_lazy("Closing"), 40))


@receiver(attendance_corrected, dispatch_uid="learning.closing.reissue")
def reissue_corrected(
    sender: Any, registration: Registration, by: Any, event: Any = None, **given: Any
) -> None:
    """What was true of a certificate may be so no longer."""
    services.reissue(registration, by, given.get("reason") or getattr(event, "reason", ""))


@registry.pro_panels.provide("learning.closing")
def agents_trained(request: HttpRequest) -> dict[str, Any] | None:
    """For whoever answers for Maisons: the last evidence, at most a query when there is none."""
    if not request.user.has_perm("learning.see_evidence"):
        return None
    rows = list(queries.evidence_seen_by(request.user)[:3])
    if not rows:
        return None
    return {
        "title": _("Agents trained"),
        "template": "learning/closing/evidence_panel.html",
        "context": {"evidence": rows, "url": reverse("learning:evidence")},
        "order": 70,
        "place": "aside",
    }


@registry.pro_doors.provide("learning.closing")
def doors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    if request.user.has_perm("learning.see_evidence"):
        yield {
            "door": "activity",
            "label": _("Agents trained"),
            "text": _("Dated evidence for the recognition of a Maison."),
            "url": reverse("learning:evidence"),
            "order": 45,
        }
    if request.user.has_perm("learning.import_attendance"):
        yield {
            "door": "activity",
            "label": _("Import past attendance"),
            "text": _("From a CSV file, checked line by line, undone as a whole."),
            "url": reverse("learning:imports"),
            "order": 46,
        }


EVIDENCE = Export(
    code="training-evidence",
    label=gettext_lazy("Evidence of training"),
    columns=[
        (gettext_lazy("Date"), lambda row: row.date),
        (gettext_lazy("Department"), lambda row: row.maison.commune.department_id),
        (gettext_lazy("Maison"), lambda row: row.maison.name),
        (gettext_lazy("Training"), lambda row: row.module.title),
        (
            gettext_lazy("Given by"),
            lambda row: str(row.operator) if row.operator else _("National team"),
        ),
    ],
    rows=lambda user, filters: _narrowed(queries.evidence_seen_by(user), filters),
    may_export=lambda user: user.has_perm("learning.see_evidence"),
    form=EvidenceFilters,
)
registry.export_kinds.register(EVIDENCE.code, EVIDENCE)


def _narrowed(rows: Any, filters: dict[str, Any]) -> Any:
    for facet in EvidenceFilters.facets:
        if value := filters.get(facet.name):
            rows = rows.filter(**{facet.path: value})
    return rows
