"""The shape of what `/api/v1/` answers when it cannot answer.

    {"error": {"code": "too_many_requests", "message": "…", "fields": {"q": ["…"]}}}

code: for programs, it never changes; message and fields: for people, in their language.
"""

from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _


def error(
    status: int, code: str, message: str, fields: dict[str, list[str]] | None = None
) -> JsonResponse:
    body: dict[str, Any] = {"code": code, "message": message}
    if fields:
        body["fields"] = fields
    response = JsonResponse({"error": body}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def invalid(form: Any) -> JsonResponse:
    """400 with what is wrong in each parameter."""
    return error(400, "invalid_parameters", _("The parameters are not valid."), dict(form.errors))


def too_many_requests(seconds: int = 60) -> JsonResponse:
    response = error(429, "too_many_requests", _("Too many requests: try again in a moment."))
    response["Retry-After"] = str(seconds)
    return response
