"""How often one address may ask for something: a count in the shared cache, by minute.

Kept for two minutes under a digest of the address, never the address itself.
"""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allowed(request: HttpRequest, action: str, a_minute: int) -> bool:
    """Count one more request of this address for this action; False above `a_minute`."""
    minute = int(time.time() // 60)
    asker = f"{settings.SECRET_KEY}:{get_adapter().get_client_ip(request)}:{minute}"
    key = f"rate:{action}:{hashlib.sha256(asker.encode()).hexdigest()}"
    if cache.add(key, 1, 120):
        return True
    try:
        return cache.incr(key) <= a_minute
    except ValueError:  # it ended between the two calls
        return True
