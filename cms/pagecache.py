"""Whole public pages, kept for visitors who are not signed in.

The key holds a *content version*: one database row, raised inside the transaction that changes
what readers see. A reader reads the version before the page is made, so a page made from old data
can only be stored under the old version, and no process serves it once the change is committed.
(Clearing after commit would not do: signals fire before it, and a process may die after it.)

Any request with a session cookie goes around the cache; a response that sets a cookie, holds a
CSRF token or is marked private is not kept.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_response_headers

from .models import ContentVersion

# Pages that speak of today (agenda, "open now") are at most this old.
SECONDS = 300
MAX_BYTES = 512 * 1024
KEPT_TYPES = ("text/html", "application/atom+xml", "application/xml")


def content_version() -> int:
    number = ContentVersion.objects.values_list("number", flat=True).first()
    return number or 0


def bump() -> None:
    """Make every cached page old, as part of the current transaction.

    One update each time it is called: remembering "already done in this transaction" goes wrong
    when a savepoint is rolled back. Bulk changes call it once themselves.
    """
    if not ContentVersion.objects.filter(pk=1).update(number=F("number") + 1):
        ContentVersion.objects.get_or_create(pk=1)


def _key(request: HttpRequest, version: int) -> str:
    # The site's own origin, not the Host header: what is kept is the same whoever asks, and a
    # forged Host cannot fill the cache.
    text = f"{version}:{settings.SITE_ORIGIN}:{request.path}"
    return "page:" + hashlib.sha256(text.encode()).hexdigest()


def may_be_cached(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.PAGE_CACHE
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(("/admin/", "/compte/", "/api/", "/medias/"))
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
        and response.get("Content-Type", "").startswith(KEPT_TYPES)
        and len(response.content) <= MAX_BYTES
    )


class PageCacheMiddleware:
    """Serves and keeps public pages. Stands after compression, before sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not may_be_cached(request):
            return self.get_response(request)
        key = _key(request, content_version())
        held = cache.get(key)
        if held is not None:
            content, headers = held
            response = HttpResponse(content if request.method == "GET" else b"", headers=headers)
            response["X-Page-Cache"] = "hit"
            return response
        response = self.get_response(request)
        if request.method == "GET" and _may_be_kept(request, response):
            # Browsers ask again each time: only we know when a page became old.
            patch_response_headers(response, 0)
            response["Cache-Control"] = "no-cache"
            kept = {name: value for name, value in response.items() if name != "Content-Length"}
            cache.set(key, (response.content, kept), SECONDS)
        return response
