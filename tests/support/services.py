"""What a test may need from the machine, and what happens where it is missing.

A marker names the need (`@pytest.mark.browser`). Without the service the test skips by name;
with TEST_SERVICES=required, as in CI, it fails instead.
"""

import ctypes
import os
import shutil
from collections.abc import Callable
from functools import cache

import pytest

REQUIRED = os.environ.get("TEST_SERVICES") == "required"
# Outside material is never required: a clone alone does not hold it.
OPTIONAL_REASON = "SHARED_DIR"


def chromium() -> str | None:
    """Return the path of Chromium (CHROMIUM, else the first one on the path)."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in candidates if (path := shutil.which(name))), None)


def _pango() -> bool:
    try:
        ctypes.CDLL("libpango-1.0.so.0")
    except OSError:
        return False
    return True


def _redis() -> bool:
    url = os.environ.get("REDIS_TEST_URL")
    if not url:
        return False
    import redis

    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2).ping())
    except redis.RedisError:
        return False


SERVICES: dict[str, tuple[str, Callable[[], object]]] = {
    "browser": ("Chromium is missing", chromium),
    "pdf": ("Pango is missing", _pango),
    "postgres": ("DATABASE_TEST_URL is not set", lambda: os.environ.get("DATABASE_TEST_URL")),
    "redis": ("REDIS_TEST_URL is not set or does not answer", _redis),
}


@cache
def lacking(marker: str) -> str | None:
    """Return why tests with this marker cannot run here, or None when they can."""
    reason, found = SERVICES[marker]
    return None if found() else reason


def skip_or_fail(item: pytest.Item) -> None:
    """Stop a test whose service is missing."""
    for marker in SERVICES:
        if item.get_closest_marker(marker) and (reason := lacking(marker)):
            if REQUIRED:
                pytest.fail(f"{reason} (TEST_SERVICES=required)", pytrace=False)
            pytest.skip(reason)


def refuse_skip(report: pytest.TestReport) -> None:
    """Turn a skip into a failure where the services are required."""
    if not REQUIRED or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if OPTIONAL_REASON not in reason:
        report.outcome = "failed"
        report.longrepr = f"Would skip, which TEST_SERVICES=required forbids: {reason}"
