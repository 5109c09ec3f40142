"""The search that needs nothing but the database: an inverted index in four tables, read with
ordinary SQL, ranked in Python. SQLite and PostgreSQL answer alike."""

from collections.abc import Collection

from cms.searching import SearchDocument

from ..base import Answer, Question, Suggestions


class DatabaseBackend:
    """See `search.backends.base.Backend`."""

    def search(self, question: Question) -> Answer:
        from .answering import search

        return search(question)

    def suggest(self, question: Question, limit: int) -> Suggestions:
        from .answering import suggest

        return suggest(question, limit)

    def version(self) -> str:
        from .store import state

        return str(state())

    def write(self, source: str, documents: Collection[SearchDocument]) -> int:
        from .store import write

        return write(source, documents)

    def keep_only(
        self, source: str, keys: Collection[str] | None, names: Collection[tuple[str, str]]
    ) -> None:
        from .store import keep_only

        keep_only(source, keys, names)

    def finish(self, sources: Collection[str]) -> None:
        from .store import finish

        finish(sources)

    def clear(self) -> None:
        from .store import clear

        clear()
