"""What a search engine is to the rest: questions, answers and suggestions.

An engine ranks and counts. Two rules hold for all: nothing of an answer, nor a count, a correction or
a suggestion, may come from a document that the person may not see (`search.access` says which); and
no text that a person may type makes it fail.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

from cms.searching import SearchDocument


@dataclass(frozen=True)
class Question:
    """What is searched. `kind`: the code of one kind, or all when empty; `page` starts at 1."""

    text: str
    user: Any = None
    language: str = "fr"
    kind: str = ""
    page: int = 1
    per_page: int = 20


@dataclass
class Found:
    """One document that was found, as the index holds it."""

    source: str
    key: str
    kind: str
    language: str
    title: str
    url: str = ""
    summary: str = ""
    body: str = ""
    date: dt.date | None = None
    score: float = 0.0


@dataclass
class Answer:
    """One page of what was found, best first.

    total and kinds ({code: count}) are of all kinds; count is of the kind asked. corrected: the
    question as it was understood, when it held words that no document has. words: folded words to
    mark in the results.
    """

    found: list[Found] = field(default_factory=list)
    total: int = 0
    count: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    corrected: str = ""
    words: frozenset[str] = frozenset()


@dataclass
class Suggestions:
    """Ends of what is being typed: whole questions, and documents by their titles."""

    questions: list[str] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


class Backend(Protocol):
    """An engine. Writing is told what changed by `search.indexing`, outside any transaction of the
    content; reading is asked by `search.queries`."""

    def search(self, question: Question) -> Answer:
        """The page of results asked; an empty one beyond the last."""

    def suggest(self, question: Question, limit: int) -> Suggestions:
        """At most `limit` documents whose titles go on from what is typed, and a few questions."""

    def version(self) -> str:
        """Changes whenever an answer may: what is kept is kept under it."""

    def write(self, source: str, documents: Collection[SearchDocument]) -> int:
        """Make these documents what they are now. Returns how many differed. Idempotent."""

    def keep_only(
        self, source: str, keys: Collection[str] | None, names: Collection[tuple[str, str]]
    ) -> None:
        """Of the documents of these keys (of all of the source when None), those that are not among
        these (key, language) leave."""

    def finish(self, sources: Collection[str]) -> None:
        """The end of a rebuilding: what belongs to no source leaves."""

    def clear(self) -> None:
        """Throw the whole index away."""
