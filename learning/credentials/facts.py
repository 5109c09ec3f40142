"""What an attestation says, read once and frozen as JSON: dates in ISO 8601, the name as it is."""

import datetime as dt
from typing import Any

from django.conf import settings

from cms.meta import absolute

from ..models import ActiveSpan, Enrolment
from ..models.sessions import PARIS
from ..paths import spans, structure
from ..paths.services import page_of


def of_enrolment(enrolment: Enrolment, now: dt.datetime) -> dict[str, Any]:
    """The person and the path in the version that they completed."""
    outline = structure.read(enrolment.version)
    page = page_of(enrolment.path)
    required = set(outline.required())
    completed = enrolment.completed_at or now
    return {
        "name": str(enrolment.user),
        "path": outline.title,
        "path_uuid": str(enrolment.path.uuid),
        "summary": page.summary if page else "",
        "address": absolute(page.url or "") if page else "",
        "version": enrolment.version.number,
        "version_of": _day(enrolment.version.created_at),
        "completed_on": _day(completed),
        "chapters": [
            {
                "title": chapter.title,
                "units": [u.title for u in chapter.units if u.uuid in required],
            }
            for chapter in outline.chapters
            if any(unit.uuid in required for unit in chapter.units)
        ],
        "units": len(required),
        "minutes": sum(unit.minutes for unit in outline.units() if unit.required),
        "seconds": learning_seconds(enrolment),
        "issuer": settings.SITE_NAME,
        "fictitious": bool(page and page.is_fictitious),
    }


def learning_seconds(enrolment: Enrolment) -> int:
    """The union of the person's active intervals over all units and tabs of this enrolment."""
    rows = ActiveSpan.objects.filter(enrolment=enrolment).values_list("starts_at", "ends_at")
    covered = spans.length(spans.merge(rows))
    return round(covered.total_seconds()) if covered else 0


def _day(when: dt.datetime) -> str:
    return when.astimezone(PARIS).date().isoformat()
