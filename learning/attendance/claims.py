"""A claim: "I was at the door", for ten minutes, until one is signed in and confirms.

It is a signed cookie of the browser that scanned, so that it survives signing in with a second factor
and the new session key that this brings, and cannot be passed on as an address can. It belongs to
whoever is signed in when it is made or first shown; the signature bears its number, which the
database takes once, so that it never serves two people.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from ..models import HalfDay
from .windows import CLAIM_LASTS

SALT = "learning.attendance.claim"
NAMESPACE = uuid.UUID("0d2c1c5e-6a7c-4d61-9f0e-8a1b34c3a9d4")


def cookie_name() -> str:
    return "__Host-claim" if settings.SESSION_COOKIE_SECURE else "claim"


@dataclass(frozen=True)
class Claim:
    """half_day: its uuid; number: what makes it serve once; user: whose it is, empty until known."""

    half_day: str
    number: str
    user: str
    until: dt.datetime

    @property
    def event_id(self) -> uuid.UUID:
        """Of the signature that it makes: a second one is the same."""
        return uuid.uuid5(NAMESPACE, self.number)

    def is_of(self, user: Any) -> bool:
        return self.user in ("", str(user.uuid))


def open_claim(response: HttpResponseBase, half_day: HalfDay, user: Any, now: dt.datetime) -> Claim:
    """Give the browser a claim for this half-day."""
    owner = str(user.uuid) if user.is_authenticated else ""
    claim = Claim(str(half_day.uuid), uuid.uuid4().hex, owner, now + CLAIM_LASTS)
    _keep(response, claim, now)
    return claim


def bind(response: HttpResponseBase, claim: Claim, user: Any, now: dt.datetime) -> None:
    """From now on it is this person's alone."""
    if not claim.user:
        _keep(response, Claim(claim.half_day, claim.number, str(user.uuid), claim.until), now)


def _keep(response: HttpResponseBase, claim: Claim, now: dt.datetime) -> None:
    value = signing.dumps(
        [claim.half_day, claim.number, claim.user, int(claim.until.timestamp())], salt=SALT
    )
    response.set_cookie(
        cookie_name(),
        value,
        max_age=max(int((claim.until - now).total_seconds()), 0),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def claim_of(request: HttpRequest, now: dt.datetime) -> Claim | None:
    """The claim of this browser, unless it has run out."""
    try:
        half_day, number, user, until = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=SALT
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    claim = Claim(half_day, number, user, dt.datetime.fromtimestamp(until, dt.UTC))
    return claim if now <= claim.until else None
