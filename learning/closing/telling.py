"""Who is told what of certificates. Called in the transaction of what it tells."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.notify import notify

from ..models import Registration, Session
from ..telling import context_of


def issued(session: Session, people: Iterable[Any]) -> None:
    """Their certificates are being made."""
    notify(
        "learning.certificates",
        people,
        context_of(session, url=reverse("learning:mine")),
        key=f"certificates:{session.uuid}",
    )


def corrected(row: Registration, reason: str, now: dt.datetime) -> None:
    """A certificate of theirs is no longer valid, or a new one replaces it."""
    notify(
        "learning.certificate-corrected",
        [row.user],
        context_of(row.session, url=row.get_absolute_url(), reason=reason),
        key=f"certificate-corrected:{row.uuid}:{now.timestamp()}",
    )
