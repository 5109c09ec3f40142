"""How often one address, or one person, may ask for something: a count in the shared cache, by minute.

Kept for two minutes under a digest of who asks, never the address itself.
"""

import hashlib
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allowed(request: HttpRequest, action: str, a_minute: int, *, person: Any = None) -> bool:
    """Count one more request for this action; False above `a_minute`.

    Counted by address, or by person when one is given, wherever they ask from.
    """
    minute = int(time.time() // 60)
    who = get_adapter().get_client_ip(request) if person is None else f"person {person.pk}"
    asker = f"{settings.SECRET_KEY}:{who}:{minute}"
    key = f"rate:{action}:{hashlib.sha256(asker.encode()).hexdigest()}"
    if cache.add(key, 1, 120):
        return True
    try:
        return cache.incr(key) <= a_minute
    except ValueError:  # it ended between the two calls
        return True
