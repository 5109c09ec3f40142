"""What templates may ask about sign-in."""

from django.conf import settings
from django.http import HttpRequest


def sign_in(request: HttpRequest) -> dict[str, bool]:
    return {"proconnect_enabled": settings.PROCONNECT_ENABLED}
