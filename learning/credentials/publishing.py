"""What programs read of badges: who issues, with which keys, what was achieved, what is revoked.

The same for everybody and about nobody; any site may ask (wallets and validators run in browsers).
"""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..models import BadgeKey, PathCertificate, StatusList
from . import badges, baking, keys, status

logger = logging.getLogger(__name__)
HOUR = 3600
LINKED = "application/ld+json"


def _open(response: HttpResponse, seconds: int) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    """Every key that ever signed, retired ones too (RFC 7517, § 5)."""
    found = {"keys": [keys.published(key) for key in BadgeKey.objects.all()]}
    return _open(JsonResponse(found, content_type="application/jwk-set+json"), HOUR)


@require_safe
def key(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One key: what the `kid` of a badge leads to (Open Badges 3.0, § 8.5)."""
    found = keys.published(get_object_or_404(BadgeKey, uuid=uuid))
    return _open(JsonResponse(found, content_type="application/jwk+json"), HOUR)


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    found = {"@context": badges.CONTEXT, **badges.profile()}
    return _open(JsonResponse(found, content_type=LINKED), HOUR)


def _issued(uuid: Any, version: int) -> PathCertificate:
    """An attestation of this version: what none was issued for is not told."""
    rows = PathCertificate.objects.filter(
        enrolment__path__uuid=uuid, enrolment__version__number=version
    )
    found = rows.order_by("-pk").first()
    if found is None:
        raise Http404
    return found


@require_safe
def achievement(request: HttpRequest, uuid: Any, version: int) -> HttpResponse:
    found = {"@context": badges.CONTEXT, **badges.achievement(_issued(uuid, version))}
    return _open(JsonResponse(found, content_type=LINKED), HOUR)


@require_safe
def image(request: HttpRequest, uuid: Any, version: int) -> HttpResponse:
    says = _issued(uuid, version).facts
    drawn = baking.picture(says["path"], says["issuer"])
    return _open(HttpResponse(drawn, content_type="image/svg+xml"), HOUR)


@require_safe
def status_list(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The signed list; kept no longer than a revoked badge may pass for valid."""
    try:
        token = status.published(get_object_or_404(StatusList, uuid=uuid))
    except keys.KeyLocked as error:
        logger.error("The list of statuses cannot be signed: %s", error)
        # Whoever verifies asks again later.
        return HttpResponse(
            status=503, headers={"Retry-After": str(HOUR), "Cache-Control": "no-store"}
        )
    response = HttpResponse(token, content_type="application/vc+jwt")
    return _open(response, int(status.KEPT.total_seconds()))
