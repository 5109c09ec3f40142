"""What schema.org descriptions (JSON-LD) of every app share."""

from typing import Any

from django.conf import settings

CONTEXT = "https://schema.org"


def publisher() -> dict[str, Any]:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_ORIGIN}


def without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """What is known, nothing guessed."""
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}
