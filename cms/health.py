"""`/healthz`: the process lives. `/readyz`: it can serve, and if not, why.

What must be ready is a provider of `cms.registry.readiness`: it returns, or raises NotReady with a
reason that may be shown. Any other exception is shown by its type alone: messages of drivers hold
addresses and names.
"""

import datetime as dt
import logging
import uuid

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import registry

logger = logging.getLogger("cms.health")

WORKER_SILENT = dt.timedelta(minutes=2)
TICK_SILENT = dt.timedelta(minutes=3)


class NotReady(Exception):
    """A part cannot serve. The message is shown to whoever asks: no secret in it."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers. No database, no session."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200, or 503 with the reason of each part that is not ready."""
    parts = {name: state_of(name, check) for name, check in registry.readiness.items()}
    ready = all(state == "ok" for state in parts.values())
    body = {"status": "ready" if ready else "not ready", "parts": parts}
    return JsonResponse(body, status=200 if ready else 503)


def state_of(name: str, check) -> str:
    try:
        check()
    except NotReady as reason:
        return str(reason)
    except Exception as failure:
        logger.exception("readiness check failed", extra={"part": name})
        return f"failed: {type(failure).__name__}"
    return "ok"


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def shared_cache() -> None:
    key, value = "readyz", uuid.uuid4().hex
    cache.set(key, value, 30)
    # Another process may have written its own value in between: any value proves the cache.
    if not cache.get(key):
        raise NotReady("what is written cannot be read back")


_migrated = False


def migrations() -> None:
    """Migrations are applied by another process than this one: once seen, not asked again."""
    global _migrated
    if _migrated:
        return
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"{len(waiting)} migrations are not applied")
    _migrated = True


def _heard(name: str, silent: dt.timedelta) -> None:
    from .models import Heartbeat

    last = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    if last is None:
        raise NotReady("never heard of")
    age = timezone.now() - last
    if age > silent:
        raise NotReady(f"silent for {int(age.total_seconds())} s")


def worker() -> None:
    _heard("worker", WORKER_SILENT)


def clock() -> None:
    _heard("tick", TICK_SILENT)
