"""schema.org descriptions (JSON-LD) of news, events, videos and publications."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.timezone import localdate

from cms.meta import absolute
from cms.structured import CONTEXT, publisher, without_blanks

if TYPE_CHECKING:
    from .models import EventPage, NewsPage, PublicationPage, VideoPage

SCHEMA = "https://schema.org"


def _work(page: Any, kind: str, request: HttpRequest) -> dict[str, Any]:
    """What every work says of itself."""
    published = page.display_date or page.first_published_at
    return {
        "@context": CONTEXT,
        "@type": kind,
        "url": absolute(page.get_url(request) or ""),
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "datePublished": published.isoformat() if published else "",
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else "",
        "publisher": publisher(),
    }


def news_data(page: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    return without_blanks(
        {
            **_work(page, "NewsArticle", request),
            "headline": page.title[:110],
            "articleSection": str(page.get_kind_display()),
            "author": publisher(),
        }
    )


def event_data(event: "EventPage", request: HttpRequest) -> dict[str, Any]:
    times = event.times
    start = times.starts_on if times.whole_days else times.local_start
    end = times.last if times.ends_time is None else times.local_end
    data = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": absolute(event.get_url(request) or ""),
        "startDate": start.isoformat(),
        "endDate": end.isoformat(),
        "eventStatus": f"{SCHEMA}/{_status(event)}",
        "eventAttendanceMode": f"{SCHEMA}/{_attendance(event)}" if _attendance(event) else "",
        "location": _locations(event),
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else {},
        "inLanguage": event.locale.language_code,
    }
    if event.first_announced_for:
        data["previousStartDate"] = event.first_announced_for.isoformat()
    return without_blanks(data)


def _status(event: "EventPage") -> str:
    if event.date_is_open:
        return "EventPostponed"
    return {"cancelled": "EventCancelled", "postponed": "EventRescheduled"}.get(
        event.status, "EventScheduled"
    )


def _attendance(event: "EventPage") -> str:
    if event.place and event.online_url:
        return "MixedEventAttendanceMode"
    if event.online_url:
        return "OnlineEventAttendanceMode"
    return "OfflineEventAttendanceMode" if event.place else ""


def _locations(event: "EventPage") -> list[dict[str, Any]]:
    found = []
    if event.place:
        address = {
            "@type": "PostalAddress",
            "streetAddress": event.address,
            "addressLocality": event.commune.name if event.commune else "",
            "addressRegion": event.commune.department.name if event.commune else "",
            "addressCountry": "FR",
        }
        name = event.venue or (event.commune.name if event.commune else event.address)
        found.append({"@type": "Place", "name": name, "address": without_blanks(address)})
    if event.online_url:
        found.append({"@type": "VirtualLocation", "url": event.online_url})
    return found


def video_data(video: "VideoPage", request: HttpRequest) -> dict[str, Any]:
    recording = video.recording
    if recording is None:
        return {"@context": CONTEXT, "@type": "VideoObject", "name": video.title}
    page = absolute(video.get_url(request) or "")
    chapters = list(video.chapters.all())
    ends = [row.starts_at for row in chapters[1:]] + [video.seconds]
    data = {
        **_work(video, "VideoObject", request),
        "name": video.title,
        "uploadDate": (video.display_date or localdate(recording.created_at)).isoformat(),
        "duration": f"PT{video.seconds}S" if video.seconds else "",
        "contentUrl": absolute(recording.url),
        "thumbnailUrl": absolute(recording.thumbnail.url) if recording.thumbnail else "",
        "transcript": recording.transcript,
        "hasPart": [
            {
                "@type": "Clip",
                "name": row.title,
                "startOffset": row.starts_at,
                "endOffset": end,
                "url": f"{page}#t={row.starts_at}",
            }
            for row, end in zip(chapters, ends, strict=True)
        ]
        if chapters
        else [],
    }
    return without_blanks(data)


def publication_data(page: "PublicationPage", request: HttpRequest) -> dict[str, Any]:
    latest = page.versions.select_related("document").first()
    kind = "Dataset" if page.kind == page.Kind.DATA else "Report"
    data = {**_work(page, kind, request), "name": page.title}
    if page.publisher:
        data["author"] = {"@type": "Organization", "name": page.publisher}
    if page.number:
        data["reportNumber"] = page.number
    if latest:
        data["encoding"] = {
            "@type": "MediaObject",
            "contentUrl": absolute(latest.document.url),
            "datePublished": latest.date.isoformat(),
        }
    return without_blanks(data)
