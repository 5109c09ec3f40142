"""Two origins, told apart before anything else: the site's own, and that of learning packages.

Learning packages are other people's code. They run on CONTENT_ORIGIN, where nobody is signed in
and no page of the site answers; the site's origin never serves them. See `docs/security.md`.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve

from . import headers, health

logger = logging.getLogger("django.security.DisallowedHost")

CONTENT_URLCONF = "cms.content_urls"
SAFE_METHODS = {"GET", "HEAD"}
# What pages of other sites may show, to readers without their cookies: pictures of an e-mail read
# in a webmail, logos. Not those of a sibling host, to which browsers send cookies.
OPEN_PREFIXES = (
    "/static/",
    "/medias/",
    "/badges/",
    "/.well-known/",
    "/robots.txt",
    "/favicon.ico",
)


@lru_cache
def hostname(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def is_content_host(host: str) -> bool:
    """Whether this Host header names the origin of learning packages, and it alone."""
    name = split_domain_port(host)[0].strip("[]")
    content = hostname(settings.CONTENT_ORIGIN)
    return name == content and content != hostname(settings.SITE_ORIGIN)


def is_foreign_subresource(request: HttpRequest) -> bool:
    """Whether a page of another origin fetches this as a part of itself (picture, script, frame).

    Following a link, posting a form or coming back from an identity provider is a navigation of
    the whole window, and allowed; feeds and probes are read by programs that send no such header.
    """
    source = request.headers.get("Sec-Fetch-Site", "")
    if source not in {"same-site", "cross-site"}:
        return False
    if source == "cross-site" and request.path.startswith(OPEN_PREFIXES):
        return False
    whole_window = (
        request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )
    return not whole_window


def refuse(status: int, text: str) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    headers.for_content(response)
    return response


class HostSplitMiddleware:
    """The first middleware: what is refused here costs no session, no query, no template."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A probe speaks to the machine, whatever name it uses for it.
        if request.path == "/healthz":
            return headers.for_content(health.healthz(request))
        # No address of ours holds one, and PostgreSQL fails on it.
        if "\x00" in request.path:
            return refuse(400, "This address cannot be.")
        try:
            host = request.get_host()
        except DisallowedHost:
            logger.warning("request for a host that is not ours")
            return refuse(400, "Unknown host.")
        if is_content_host(host):
            return self.content(request)
        if is_foreign_subresource(request):
            return refuse(403, "This address cannot be part of a page of another site.")
        return self.get_response(request)

    def content(self, request: HttpRequest) -> HttpResponse:
        """What the content origin answers: its own few addresses, else the way to the site."""
        try:
            match = resolve(request.path, CONTENT_URLCONF)
        except Resolver404:
            if request.method in SAFE_METHODS:
                response = HttpResponseRedirect(settings.SITE_ORIGIN + request.get_full_path())
                return headers.for_content(response)
            return refuse(421, "This address is on another host.")
        return headers.for_content(match.func(request, *match.args, **match.kwargs))
