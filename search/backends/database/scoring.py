"""Which documents hold the words of a question, for someone who may see them, and how well."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from cms.searching import MANY

from ... import access
from ...models import Document, Posting
from . import ranking
from .asking import Term


@dataclass
class Candidate:
    """A document that holds one word at least. held: {number of the term: its weight there};
    head: numbers of the terms in its title; words: identifiers of the words that are there."""

    pk: int
    source: str
    key: str
    kind: str
    language: str
    group: str
    title: str
    date: dt.date | None
    weight: float
    held: dict[int, float] = field(default_factory=dict)
    head: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    coverage: float = 0.0
    score: float = 0.0


def candidates(terms: list[Term], user: Any, head: bool = False) -> list[Candidate]:
    """Every document that this person may see and that holds a word of the terms (in its title)."""
    of_word: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, term in enumerate(terms):
        for word, worth in term.words.items():
            of_word[word].append((number, worth))
    if not of_word:
        return []
    postings = Posting.objects.filter(word__in=list(of_word))
    if head:
        postings = postings.filter(head=True)
    rows = list(postings.values_list("document_id", "word_id", "weight", "head"))
    shown = visible_documents({row[0] for row in rows}, user)
    for document, word, weight, in_title in rows:
        candidate = shown.get(document)
        if candidate is None:
            continue
        candidate.words.add(word)
        for number, worth in of_word[word]:
            candidate.held[number] = candidate.held.get(number, 0.0) + weight * worth
            if in_title:
                candidate.head.add(number)
    return list(shown.values())


def visible_documents(ids: set[int], user: Any) -> dict[int, Candidate]:
    documents = Document.objects.order_by()
    if len(ids) <= MANY:
        documents = documents.filter(pk__in=ids)
    fields = ("pk", "source", "key", "kind", "language", "group", "title", "date", "weight")
    rows = [Candidate(*row) for row in documents.values_list(*fields) if row[0] in ids]
    seen = access.visible({(row.source, row.key) for row in rows}, user)
    return {row.pk: row for row in rows if (row.source, row.key) in seen}


def score(found: list[Candidate], terms: list[Term], documents: int) -> None:
    """Give each candidate its coverage (how much of the question it holds) and its score.

    How rare a word is, is counted among what this person may see: nothing else shows through.
    """
    rarities = [
        ranking.rarity(documents, sum(1 for c in found if number in c.held)) if term.words else 0.0
        for number, term in enumerate(terms)
    ]
    whole = sum(rarities) or 1.0
    for candidate in found:
        sought = sum(rarities[n] * ranking.saturated(w) for n, w in candidate.held.items())
        candidate.coverage = sum(rarities[n] for n in candidate.held) / whole
        headed = sum(rarities[n] for n in candidate.head) / whole
        candidate.score = sought * candidate.weight * ranking.factor(candidate.coverage, headed)


def in_one_language(found: list[Candidate], language: str) -> list[Candidate]:
    """What exists in the reader's language is not shown in another one too."""
    own = {c.group for c in found if c.group and c.language == language}
    return [c for c in found if c.language == language or c.group not in own]
