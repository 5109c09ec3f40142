"""Pages shown when something is wrong: they keep the site's look and, while they can, its menus.

An error page must not fail: whatever goes wrong while it is made (a database that is away), the
reader gets the plain page of 500.html, which needs nothing.
"""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

logger = logging.getLogger("cms.errors")

LAST_RESORT = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Erreur</title>'
    "<h1>Le site rencontre un problème</h1><p>Réessayez dans quelques minutes.</p></html>"
)


def _page(request: HttpRequest, status: int, template: str) -> HttpResponse:
    try:
        html = loader.get_template(template).render({}, request)
    except Exception:
        logger.exception("an error page could not be made", extra={"status": status})
        html = _plain_page()
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _plain_page() -> str:
    try:
        return loader.get_template("500.html").render()
    except Exception:
        return LAST_RESORT


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 400, "400.html")


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 403, "403.html")


@requires_csrf_token
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 404, "404.html")


@requires_csrf_token
def too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    response = _page(request, 429, "429.html")
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """No database, no menus, no translation: what failed may be any of them."""
    return HttpResponse(_plain_page(), status=500, headers={"Cache-Control": "no-store"})


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that another site sent."""
    return _page(request, 403, "403_csrf.html")
