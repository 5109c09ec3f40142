"""The code at the door: what the trainer's screen shows, renewed every 20 seconds.

A code is an HMAC of the half-day and the time step, by the clock of the server; the current step and
the one before are accepted, so that a code lives 20 to 40 seconds. Nothing is stored. The picture
(QR) carries 16 characters of 31 (79 bits); the short code typed by hand carries six (29.7 bits) and
is limited to `A_MINUTE` attempts: with ten half-days open at once, an hour of guessing finds one with
a probability of about 14 in a million.
"""

import datetime as dt

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from ..models import HalfDay
from . import queries

STEP = 20
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is read wrongly: 0 O 1 I L
SHORT, LONG = 6, 16
# Attempts by hand, for one person and for the address of a room where all type at once.
A_MINUTE, A_MINUTE_AT_AN_ADDRESS = 10, 150
SALT = "learning.attendance.door"


def step_of(now: dt.datetime) -> int:
    return int(now.timestamp()) // STEP


def seconds_left(now: dt.datetime) -> float:
    """Until the code shown now is replaced."""
    return STEP - now.timestamp() % STEP


def _digits(half_day: HalfDay, step: int) -> str:
    digest = salted_hmac(SALT, f"{half_day.uuid}:{step}", algorithm="sha256").digest()
    number, digits = int.from_bytes(digest, "big"), ""
    for _position in range(SHORT + LONG):
        number, rest = divmod(number, len(ALPHABET))
        digits += ALPHABET[rest]
    return digits


def short_code(half_day: HalfDay, now: dt.datetime) -> str:
    """What is typed by hand: "K7M4PX"."""
    return _digits(half_day, step_of(now))[:SHORT]


def token(half_day: HalfDay, now: dt.datetime) -> str:
    """What the picture leads to."""
    return _digits(half_day, step_of(now))[SHORT:]


def tidy(typed: str) -> str:
    """A code as somebody typed it, without spaces and dashes, in capitals."""
    return "".join(c for c in typed.upper() if c.isascii() and c.isalnum())


def half_day_of(code: str, now: dt.datetime | None = None) -> HalfDay | None:
    """The half-day, open for signing, at whose door this code shows now or showed just before."""
    now = now or timezone.now()
    if len(code) not in (SHORT, LONG):
        return None
    part = slice(0, SHORT) if len(code) == SHORT else slice(SHORT, None)
    steps = (step_of(now), step_of(now) - 1)
    for half_day in queries.open_now(now):
        if any(constant_time_compare(_digits(half_day, step)[part], code) for step in steps):
            return half_day
    return None
