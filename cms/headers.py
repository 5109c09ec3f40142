"""Security headers of every response. Each exception is named in `docs/security.md`.

The policies are fixed strings: pages are cached for everybody, so nothing here changes from one
request to the next but by its path.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)

PERMISSIONS = ", ".join(
    [
        "accelerometer=()",
        "autoplay=()",
        "browsing-topics=()",
        "camera=()",
        "display-capture=()",
        "encrypted-media=()",
        "fullscreen=(self)",
        "geolocation=(self)",
        "gyroscope=()",
        "magnetometer=()",
        "microphone=()",
        "midi=()",
        "payment=()",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
        "usb=()",
    ]
)
# Files made to be shown elsewhere; see `cms.hosts.OPEN_PREFIXES`.
SHARED_PREFIXES = ("/static/", "/medias/")


def policy(**changes: list[str]) -> str:
    """The site's Content-Security-Policy, with some directives replaced."""
    files = settings.FILES_ORIGINS
    directives = {
        "default_src": ["'self'"],
        "script_src": ["'self'"],
        "style_src": ["'self'"],
        "img_src": ["'self'", *files],
        "media_src": ["'self'", *files],
        "font_src": ["'self'"],
        "connect_src": ["'self'"],
        "frame_src": ["'none'"],
        "object_src": ["'none'"],
        "base_uri": ["'none'"],
        "form_action": ["'self'"],
        "frame_ancestors": ["'self'"],
        **changes,
    }
    text = "; ".join(f"{name.replace('_', '-')} {' '.join(v)}" for name, v in directives.items())
    https = settings.SITE_ORIGIN.startswith("https:")
    return f"{text}; upgrade-insecure-requests" if https else text


def policies() -> dict[str, str]:
    """The policy of each part of the site: "" is that of its pages."""
    files = settings.FILES_ORIGINS
    return {
        "": policy(),
        # The code to scan for a second factor is a data: picture; the sign-in button of an identity
        # provider is a form that leads to it.
        "compte": policy(
            img_src=["'self'", "data:", *files],
            form_action=["'self'", *getattr(settings, "SIGN_IN_FORM_ORIGINS", [])],
        ),
        # Wagtail's own screens hold inline scripts and styles; they also frame previews.
        "admin": policy(
            script_src=["'self'", "'unsafe-inline'"],
            style_src=["'self'", "'unsafe-inline'"],
            img_src=["'self'", "data:", "blob:", *files],
            media_src=["'self'", "blob:", *files],
            frame_src=["'self'"],
        ),
    }


CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def part_of(path: str) -> str:
    """The first part of a path without its language: "/en/compte/x/" gives "compte"."""
    parts = path.lstrip("/").split("/", 2)
    return parts[1] if parts[0] == "en" and len(parts) > 1 else parts[0]


def _common(response: HttpResponseBase) -> None:
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    # Both origins in processes of their own, even as subdomains of one domain.
    response.headers.setdefault("Origin-Agent-Cluster", "?1")
    if not settings.SEARCH_ENGINES_INDEX:
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")


def for_content(response: Answer) -> Answer:
    """Headers of the content origin, and of what is refused before the site's middleware."""
    _common(response)
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    if settings.SECURE_HSTS_SECONDS:
        response.headers.setdefault(
            "Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"
        )
    return response


class SecurityHeadersMiddleware:
    """Stands outside of the page cache and of static files, so that nothing leaves without."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policies = policies()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        part = part_of(request.path)
        _common(response)
        # Django's own pages about errors, shown to developers alone, hold inline styles and scripts.
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(
                "Content-Security-Policy", self.policies.get(part, self.policies[""])
            )
        shared = request.path.startswith(SHARED_PREFIXES)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin"
        )
        if part in {"admin", "compte"}:
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        # On a shared computer, "back" after signing out must not show the page again.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
