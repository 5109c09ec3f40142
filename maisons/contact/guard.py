"""What keeps programs from the contact form, without asking people to prove anything.

A field that people do not see, a least time between reading and sending, an origin, and limits by
address (allauth's: counted in the shared cache, `ACCOUNT_RATE_LIMITS` in the settings).
"""

import time
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

SALT = "maisons.contact"
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 3600


def stamp() -> str:
    """Says, signed, when a form was made."""
    return signing.dumps(round(time.time(), 1), salt=SALT)


def age_of(mark: str) -> float | None:
    """Seconds since the form was made; None when the stamp is missing, forged or too old."""
    try:
        made = float(signing.loads(mark, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    age = time.time() - made
    return age if age <= MOST_SECONDS else None


def seal(value: Any) -> str:
    """A value that the form carries and that nobody can change."""
    return signing.dumps(value, salt=f"{SALT}.about")


def unseal(text: str) -> Any | None:
    try:
        return signing.loads(text, salt=f"{SALT}.about") if text else None
    except signing.BadSignature:
        return None


def is_ours(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of this site, as far as the browser says."""
    origin = request.headers.get("Origin")
    own = {settings.SITE_ORIGIN, f"{request.scheme}://{request.get_host()}"}
    return origin is None or origin in own


def is_trapped(data: Any) -> bool:
    """Whether the field that nobody sees was filled."""
    return bool(data.get("site_web"))


def may_send(request: HttpRequest) -> bool:
    """Count one sending from this address; False when there were too many."""
    return bool(ratelimit.consume(request, action="contact"))


def may_acknowledge(request: HttpRequest, email: str) -> bool:
    """Count one acknowledgment to this mailbox, so that nobody fills somebody else's."""
    return bool(ratelimit.consume(request, action="contact_mail", key=email.lower()))
