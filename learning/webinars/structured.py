"""A webinar as schema.org describes it: what the announcement says, and no more."""

from typing import Any

from django.http import HttpRequest

from cms.meta import absolute
from cms.structured import CONTEXT, publisher, without_blanks

from ..models import Webinar, WebinarPage
from .calendars import PARIS


def webinar_data(
    page: WebinarPage, webinar: Webinar | None, request: HttpRequest
) -> dict[str, Any]:
    cancelled = webinar is not None and webinar.cancelled_at is not None
    url = absolute(page.get_url(request) or "/")
    return without_blanks(
        {
            "@context": CONTEXT,
            "@type": "EducationEvent",
            "name": page.title,
            "description": page.summary,
            "url": url,
            "startDate": page.starts_at.astimezone(PARIS).isoformat(),
            "endDate": page.ends_at.astimezone(PARIS).isoformat(),
            "eventStatus": f"{CONTEXT}/{'EventCancelled' if cancelled else 'EventScheduled'}",
            "eventAttendanceMode": f"{CONTEXT}/OnlineEventAttendanceMode",
            # Where the announcement is: the room itself is told to those registered.
            "location": {"@type": "VirtualLocation", "url": url},
            "organizer": publisher(),
            "inLanguage": page.locale.language_code,
        }
    )
