"""A lock that one process holds at a time, across processes and, with PostgreSQL, machines."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Wait for the lock of this name, hold it for the block; the end of the process frees it."""
    if connection.vendor == "postgresql":
        yield from _in_postgresql(zlib.crc32(name.encode()))
    else:
        yield from _in_a_file(Path(settings.VAR_DIR) / f"{name}.lock")


def _in_a_file(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _in_postgresql(key: int) -> Iterator[None]:
    # A session lock outlives the transactions of what runs in the block, as migrations need.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
