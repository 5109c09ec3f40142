"""The keys that sign badges: RSA, for RS256 is what Open Badges 3.0 asks of everybody (§ 8.2.3).

One key signs; rotating makes another and erases the private half of the former, whose public half
stays published for as long as badges that it signed may be verified. The private half is kept in the
database, as PKCS #8 encrypted with a secret that the database does not hold.
"""

from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from jwt.algorithms import RSAAlgorithm

from cms.meta import absolute

from ..models import BadgeKey

ALGORITHM = "RS256"
# Verified for ten years and more.
BITS = 3072
PUBLIC_MEMBERS = ("kty", "n", "e")


class KeyLocked(RuntimeError):
    """The secret that encrypted the key is not the one we have: rotate the key."""


def address(key: BadgeKey) -> str:
    """Where anybody finds the public half: the `kid` of what it signs (§ 8.5)."""
    return absolute(key.get_absolute_url())


def published(key: BadgeKey) -> dict[str, Any]:
    """The key as a JWK (RFC 7517), without any private member."""
    public = {name: key.public[name] for name in PUBLIC_MEMBERS}
    return {**public, "kid": address(key), "alg": key.algorithm, "use": "sig"}


def current() -> BadgeKey:
    """The key that signs; made when there is none. Two processes make one."""
    held = BadgeKey.objects.filter(retired_at=None, algorithm=ALGORITHM).first()
    if held is not None:
        return held
    try:
        with transaction.atomic():
            return _new(generate())
    except IntegrityError:
        return BadgeKey.objects.get(retired_at=None, algorithm=ALGORITHM)


def rotate() -> BadgeKey:
    """Retire the key that signs, and make another. The private half of the former is erased."""
    fresh = generate()
    with transaction.atomic():
        held = BadgeKey.objects.select_for_update().filter(retired_at=None, algorithm=ALGORITHM)
        for key in held:
            key.retired_at, key.private = timezone.now(), ""
            key.save(update_fields=["retired_at", "private"])
        return _new(fresh)


def generate() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=BITS)


def _new(private: RSAPrivateKey) -> BadgeKey:
    public = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    encrypted = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_secret()),
    )
    return BadgeKey.objects.create(
        algorithm=ALGORITHM,
        public={name: public[name] for name in PUBLIC_MEMBERS},
        private=encrypted.decode("ascii"),
    )


def _secret() -> bytes:
    secret = settings.BADGE_KEY_SECRET or settings.SECRET_KEY
    return salted_hmac("learning.badge-key", "", secret=secret, algorithm="sha256").digest()


@lru_cache(maxsize=4)
def _opened(encrypted: str, secret: bytes) -> Any:
    try:
        return serialization.load_pem_private_key(encrypted.encode("ascii"), secret)
    except ValueError as error:
        raise KeyLocked(
            "The key of badges does not open with this BADGE_KEY_SECRET (or SECRET_KEY): put the"
            " former back, or run `manage.py rotate_badge_key`."
        ) from error


def sign(payload: dict[str, Any], kind: str = "JWT") -> str:
    """The payload as a compact JWS, signed by the current key. Raises KeyLocked.

    kind: `typ` of the header. No other header is allowed (Open Badges 3.0, § 8.2.3).
    """
    key = current()
    return jwt.encode(
        payload,
        _opened(key.private, _secret()),
        algorithm=ALGORITHM,
        headers={"kid": address(key), "typ": kind},
    )


def read(token: str) -> dict[str, Any] | None:
    """What a token says when one of our keys, retired or not, signed it; None otherwise."""
    try:
        kid = str(jwt.get_unverified_header(token).get("kid", ""))
        key = next((key for key in BadgeKey.objects.all() if address(key) == kid), None)
        if key is None:
            return None
        public: Any = RSAAlgorithm.from_jwk(published(key))
        # Whether it has run out or was revoked is said from the row, not from the token.
        options = {"verify_exp": False, "verify_nbf": False, "verify_aud": False}
        claims: dict[str, Any] = jwt.decode(token, public, algorithms=[ALGORITHM], options=options)
    except jwt.PyJWTError:
        return None
    return claims
