"""How the words of the question stand in the document: side by side ("la poste" is not any "poste"), or
as its title."""

import re
from collections.abc import Collection
from itertools import pairwise

from ... import text
from ...models import Document
from . import ranking
from .asking import Entry, Term
from .scoring import Candidate

# How many of the best are looked at again, and how much of their texts.
LOOKED_AT = 30
MAX_TEXT = 30_000
# Between two words of a question, small ones may stand: caisse (des) dépôts, droits (de la) femme.
_BETWEEN = r"[\W_]+(?:\w{1,3}[\W_]+){0,2}"


def prefer_neighbours(found: list[Candidate], terms: list[Term], entries: dict[int, Entry]) -> None:
    """Raise the score of those of the best that hold the words of the question side by side.

    `found` is in order of score, and is put in its new order.
    """
    pairs = [
        pair
        for first, second in pairwise(terms)
        if (pair := _pair(first, second, entries)) is not None
    ]
    if not pairs:
        return
    best = found[:LOOKED_AT]
    rows = Document.objects.filter(pk__in=[c.pk for c in best])
    texts = {
        pk: text.fold("\n".join(parts)[:MAX_TEXT])
        for pk, *parts in rows.values_list("pk", "title", "summary", "keywords", "body")
    }
    for candidate in best:
        said = texts.get(candidate.pk, "")
        together = sum(1 for pair in pairs if pair.search(said)) / len(pairs)
        candidate.score *= 1 + ranking.TOGETHER * together
    found.sort(key=ranking.order)


def prefer_titles(found: list[Candidate], question: str) -> None:
    """Raise the score of those whose title is the question, small words included, or is said in it."""
    asked = _said(question)
    for candidate in found:
        title = _said(candidate.title)
        if title == asked:
            candidate.score *= 1 + ranking.NAMED
        elif title.count(" ") > 2 and title in asked:
            candidate.score *= 1 + ranking.NAMED_WITHIN
    found.sort(key=ranking.order)


def _said(words: str) -> str:
    """The words of a text in their order, between spaces."""
    return f" {' '.join(token.text for token in text.tokens(text.prepare(words)))} "


def _pair(first: Term, second: Term, entries: dict[int, Entry]) -> re.Pattern[str] | None:
    one, other = _words(first, entries), _words(second, entries)
    if not one or not other or one & other:
        return None
    return re.compile(rf"\b(?:{_any(one)}){_BETWEEN}(?:{_any(other)})\b")


def _words(term: Term, entries: dict[int, Entry]) -> set[str]:
    """The words that stand for the term, without those that it only begins."""
    return {
        entries[word].text
        for word, worth in term.words.items()
        if word in entries and worth > ranking.BEGINNING
    }


def _any(words: Collection[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words))
