"""The numbers of certificates: `2026-AP-000123-K7QXM`.

Year (on the clock of Paris), kind, rank in that year, then five characters drawn by chance. The rank
orders them; chance makes that nobody finds the number of somebody else from their own. The row of
the counter stays locked until the transaction ends, so that a number is given once; one that is
rolled back is given again. A gap may still appear (a restored backup) and means nothing.
"""

import datetime as dt
import secrets

from django.db import transaction

from ..kinds import NumberSeries
from ..models import CertificateCounter
from ..models.sessions import PARIS

CODES = {NumberSeries.ATTENDANCE: "AP", NumberSeries.COMPLETION: "CR", NumberSeries.PATH: "AR"}
# Neither I, L, O, U nor 0 and 1: read aloud and typed again without mistake.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN = 5


def take(kind: str, count: int, now: dt.datetime) -> list[str]:
    """The next numbers of a kind, in order. Call it in the transaction that uses them."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Numbers are taken in a transaction.")
    if count == 0:
        return []
    year = now.astimezone(PARIS).year
    CertificateCounter.objects.get_or_create(year=year, kind=kind)
    counter = CertificateCounter.objects.select_for_update().get(year=year, kind=kind)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    code = CODES[NumberSeries(kind)]
    return [f"{year}-{code}-{rank:06}-{drawn(DRAWN)}" for rank in range(first, first + count)]


def drawn(length: int) -> str:
    """Characters drawn by chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
