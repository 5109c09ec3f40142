"""Logs: one JSON object a line in production, without personal data.

Each line carries the identifier of its request and the number of its user. Addresses are written
without their query, and without what in them is an e-mail address or opens a door (a reset key, a
signed token).
"""

import datetime as dt
import json
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # Settings and gunicorn import this module before Django is there.
    from django.http import HttpRequest, HttpResponseBase

current_request: ContextVar["HttpRequest | None"] = ContextVar("request", default=None)

EMAIL = re.compile(r"[^/\s@\"'=<>(]+(?:@|%40)[^/\s@\"'<>),;]+")
QUERY = re.compile(r"(?<=\S)\?[^\s\"']*")
# A long run of letters and digits that is not a word: keys of sign-in, signed tokens.
TOKEN = re.compile(r"(?<=[/\-:=])(?=[A-Za-z0-9_]*\d)[A-Za-z0-9_]{20,}")
SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}


def redact(text: str) -> str:
    """The text without e-mail addresses, queries of addresses and keys."""
    return TOKEN.sub("…", EMAIL.sub("…", QUERY.sub("", text)))


class RequestIdMiddleware:
    """Names each request; a proxy that named it already (X-Request-Id) is followed."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponseBase":
        given = request.headers.get("X-Request-Id", "")
        name = given if SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        token = current_request.set(request)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response["X-Request-Id"] = name
        return response


def _about(request: Any) -> dict[str, Any]:
    about = {
        "request_id": request.request_id,
        "method": request.method,
        "path": redact(request.path),
    }
    # Only if the request already looked: a log line asks nothing of the database.
    user = getattr(request, "_cached_user", None)
    return about if getattr(user, "pk", None) is None else {**about, "user_id": user.pk}


class JsonFormatter(logging.Formatter):
    """One line a record: time, level, logger, message, request, user, and the record's extras."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        # Django's own line about a response comes after every middleware, with its request.
        request = current_request.get() or getattr(record, "request", None)
        if hasattr(request, "request_id"):
            line |= _about(request)
        for key, value in vars(record).items():
            if key not in STANDARD:
                line[key] = value if isinstance(value, int | float | None) else redact(str(value))
        if record.exc_info:
            line["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def logging_config(json_lines: bool, level: str) -> dict[str, Any]:
    """The LOGGING setting: everything to the standard error, as text or as JSON lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{levelname} {name}: {message}", "style": "{"},
            "json": {"()": "cms.logs.JsonFormatter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if json_lines else "text",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers write to the console and to the administrators' mail.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            # Refused hosts and forged forms: programs that try doors, all day long.
            "django.security.DisallowedHost": {"level": "ERROR"},
            # Two lines for each task; what fails is logged as an error.
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
