"""Sessions as schema.org describes them."""

from typing import Any

from django.conf import settings

from cms.meta import absolute

from .kinds import Mode, SessionState
from .models import Session

ATTENDANCE = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.REMOTE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}


def session_data(session: Session) -> dict[str, Any]:
    """An EducationEvent; the address of the remote room is for those registered."""
    cancelled = session.state == SessionState.CANCELLED
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": session.module.title,
        "description": session.module.summary,
        "url": absolute(session.get_absolute_url()),
        "eventStatus": f"https://schema.org/{'EventCancelled' if cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[Mode(session.mode)]}",
        "organizer": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")},
    }
    if session.first_starts_at and session.last_ends_at:
        found["startDate"] = session.first_starts_at.astimezone(session.zone).isoformat()
        found["endDate"] = session.last_ends_at.astimezone(session.zone).isoformat()
    if session.commune:
        found["location"] = {
            "@type": "Place",
            "name": session.venue or session.city,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": session.address,
                "addressLocality": session.city,
                "addressCountry": "FR",
            },
        }
    return found
