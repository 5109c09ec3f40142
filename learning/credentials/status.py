"""Which badges are revoked, as the W3C Bitstring Status List (v1.0) publishes it.

A badge names a list and a place in it, drawn by chance so that nothing is learnt from it (§ 2.1), and
never given again. The list is 131,072 bits (§ 2.2), compressed, and signed as a credential of its own.
"""

import base64
import datetime as dt
import gzip
import secrets
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.meta import absolute

from ..models import PathCertificate, StatusList
from . import keys

BITS = 131_072
# Beyond half of it, chance finds a free place too slowly.
MOST = BITS // 2
PURPOSE = "revocation"
# How long a copy may be kept: what a revoked badge still passes for valid.
KEPT = dt.timedelta(minutes=5)


def draw_place() -> tuple[StatusList, int]:
    """A free place of a list that has room. Call it in the transaction that takes it.

    The list stays locked until the end of the transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A place is drawn in a transaction.")
    rows = StatusList.objects.select_for_update().filter(taken__lt=MOST)
    held = rows.first() or StatusList.objects.create()
    while True:
        index = secrets.randbelow(BITS)
        if not PathCertificate.objects.filter(status_list=held, status_index=index).exists():
            break
    held.taken += 1
    held.save(update_fields=["taken"])
    return held, index


def address(held: StatusList) -> str:
    return absolute(reverse("badges:status", args=[held.uuid]))


def entry(row: PathCertificate) -> dict[str, str]:
    """What the badge says of its place (BitstringStatusListEntry, § 2.1)."""
    listed = address(row.status_list)
    return {
        "id": f"{listed}#{row.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(row.status_index),
        "statusListCredential": listed,
    }


def encoded(places: list[int]) -> str:
    """The list whose bits at these places are 1: GZIP, base64url, multibase (§ 3.3).

    Place 0 is the left-most bit of the first byte.
    """
    bits = bytearray(BITS // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def published(held: StatusList, now: dt.datetime | None = None) -> str:
    """The list as a signed credential (BitstringStatusListCredential, § 2.2). Raises keys.KeyLocked."""
    from .badges import issuer_address, moment

    now = now or timezone.now()
    revoked = PathCertificate.objects.filter(status_list=held, revocation__isnull=False)
    listed, issuer = address(held), issuer_address()
    body: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": listed,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(now),
        "validUntil": moment(now + KEPT * 2),
        "credentialSubject": {
            "id": f"{listed}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(list(revoked.values_list("status_index", flat=True))),
        },
    }
    claims = {
        "iss": issuer,
        "jti": listed,
        "sub": f"{listed}#list",
        "nbf": int(now.timestamp()),
        "exp": int((now + KEPT * 2).timestamp()),
    }
    return keys.sign({**body, **claims}, "vc+jwt")
