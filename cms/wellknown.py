"""Addresses that programs look for by name: robots.txt, security.txt, favicon.ico."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .meta import absolute

TEXT = "text/plain; charset=utf-8"
# Nothing there is for a search engine.
NOT_FOR_ENGINES = [
    "/admin/",
    "/compte/",
    "/exports/",
    "/recherche/",
    "/en/compte/",
    "/en/recherche/",
]
SECURITY_TXT_DAYS = 180


@require_safe
@cache_control(max_age=3600)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Everything is closed to search engines outside production."""
    lines = ["User-agent: *"]
    if settings.SEARCH_ENGINES_INDEX:
        lines += [f"Disallow: {path}" for path in NOT_FOR_ENGINES]
        lines += ["", f"Sitemap: {absolute('/sitemap.xml')}"]
    else:
        lines += ["Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@require_safe
@cache_control(max_age=3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). 404 while SECURITY_CONTACT is not set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = timezone.now().astimezone(dt.UTC) + dt.timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@require_safe
@cache_control(max_age=86400)
def favicon(request: HttpRequest, name: str = "favicon-32.png") -> HttpResponseRedirect:
    """For the programs that do not read the page's own links to its icons."""
    return HttpResponseRedirect(static(f"img/{name}"))
