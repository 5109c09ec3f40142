"""Personal links, by which those who take part remotely sign: one for each person and half-day.

The link is signed, so that it cannot be guessed; it opens nothing to anybody but that person, signed
in, within the hours of that half-day.
"""

import base64
import binascii
import uuid

from django.core import signing
from django.urls import reverse

from cms.meta import absolute

from ..models import HalfDay, Registration
from .queries import half_days_of

SIGNER = signing.Signer(sep=".", salt="learning.attendance.link")


def token_of(registration: Registration, half_day: HalfDay) -> str:
    raw = registration.uuid.bytes + half_day.uuid.bytes
    return SIGNER.sign(base64.urlsafe_b64encode(raw).decode().rstrip("="))


def personal_path(registration: Registration, half_day: HalfDay) -> str:
    return reverse("learning:attendance-link", args=[token_of(registration, half_day)])


def personal_link(registration: Registration, half_day: HalfDay) -> str:
    """The whole address, for a message."""
    return absolute(personal_path(registration, half_day))


def personal_links(registration: Registration) -> list[tuple[HalfDay, str]]:
    """[(half-day, address)] of somebody who takes part remotely; none for the others."""
    if not registration.remote:
        return []
    return [(h, personal_link(registration, h)) for h in half_days_of(registration.session)]


def read(token: str) -> tuple[Registration, HalfDay] | None:
    """Whose link it is, and for which half-day of that session; None when it was not made here."""
    try:
        raw = base64.urlsafe_b64decode(SIGNER.unsign(token) + "==")
        one, other = uuid.UUID(bytes=raw[:16]), uuid.UUID(bytes=raw[16:])
    except (signing.BadSignature, binascii.Error, ValueError):
        return None
    row = (
        Registration.objects.filter(uuid=one)
        .select_related("session__module", "session__commune__department", "user")
        .first()
    )
    if row is None:
        return None
    half_day = next((h for h in half_days_of(row.session) if h.uuid == other), None)
    return (row, half_day) if half_day else None
