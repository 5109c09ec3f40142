"""Keeping the index true to the content.

What changes is noted in the transaction that changes it (`mark`), and a task brings the index up to
date (`drain`), in small transactions: whoever publishes waits for one row, not for the words of a
hundred articles. One process at a time writes the index.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django_tasks.base import TaskResultStatus

from cms.locks import exclusive
from cms.searching import SearchDocument

from .backends import backend
from .models import StaleDocument
from .sources import sources

BATCH = 40
LOCK = "search-index"


def mark(source: str, keys: Iterable[Any]) -> None:
    """Note that these documents changed; part of the caller's transaction."""
    StaleDocument.objects.bulk_create(
        [StaleDocument(source=source, key=str(key)) for key in keys], batch_size=500
    )
    _ask_for_refresh()


def _ask_for_refresh() -> None:
    """One waiting task is enough. Should it start just before this transaction ends, the clock's own
    call, each minute, finds what it missed."""
    from django_tasks_db.models import DBTaskResult

    from .tasks import refresh

    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=refresh.module_path
    )
    if not waiting.exists():
        refresh.enqueue()


def remind() -> None:
    """Ask again for what was noted and that no task brought to the index."""
    if StaleDocument.objects.exists():
        _ask_for_refresh()


def drain() -> int:
    """Bring to the index what was noted as changed. Returns how many documents were looked at."""
    done = 0
    with exclusive(LOCK):
        while noted := list(StaleDocument.objects.order_by("pk")[: BATCH * 5]):
            keys: dict[str, set[str]] = {}
            for row in noted:
                keys.setdefault(row.source, set()).add(row.key)
            for source, changed in keys.items():
                refresh_documents(source, changed)
                done += len(changed)
            StaleDocument.objects.filter(pk__in=[row.pk for row in noted]).delete()
    return done


def refresh_documents(source: str, keys: Collection[str]) -> None:
    """Make the documents of these keys what their source says now; those that are gone leave."""
    giver, engine = sources().get(source), backend()
    found: set[tuple[str, str]] = set()
    for batch in _batches(giver.documents(keys) if giver else ()):
        engine.write(source, batch)
        found |= {(document.key, document.language) for document in batch}
    engine.keep_only(source, keys, found)


def rebuild(anew: bool = False) -> tuple[int, int]:
    """Compare every document with its source and write what differs; `anew` writes everything.

    Returns (documents, documents written).
    """
    total = written = 0
    engine = backend()
    with exclusive(LOCK):
        noted = list(StaleDocument.objects.values_list("pk", flat=True))
        if anew:
            engine.clear()
        for code, source in sources().items():
            found: set[tuple[str, str]] = set()
            for batch in _batches(source.documents()):
                written += engine.write(code, batch)
                found |= {(document.key, document.language) for document in batch}
            engine.keep_only(code, None, found)
            total += len(found)
        engine.finish(list(sources()))
        StaleDocument.objects.filter(pk__in=noted).delete()
    return total, written


def _batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    given = iter(documents)
    while batch := list(islice(given, BATCH)):
        yield batch
