"""Answers and suggestions from the index of the database."""

from collections import Counter

from ...models import Document
from ..base import Answer, Found, Question, Suggestions
from . import ranking, store
from .asking import MAX_LENGTH, Entry, Term, terms_of, understand
from .nearness import prefer_neighbours, prefer_titles
from .scoring import Candidate, candidates, in_one_language, score

MAX_QUESTIONS = 3


def search(question: Question) -> Answer:
    """See `Backend.search`."""
    terms = terms_of(question.text, question.language)
    if not terms:
        return Answer()
    state = store.state()
    entries = understand(terms, str(state), question.language)
    found = candidates(terms, question.user)
    score(found, terms, state.documents)
    found = kept(in_one_language(found, question.language))
    prefer_titles(found, question.text[:MAX_LENGTH])
    prefer_neighbours(found, terms, entries)
    asked = [c for c in found if not question.kind or c.kind == question.kind]
    start = (question.page - 1) * question.per_page
    return Answer(
        found=read(asked[start : start + question.per_page]),
        total=len(found),
        count=len(asked),
        kinds=dict(Counter(c.kind for c in found).most_common()),
        corrected=corrected(question.text, terms, found),
        words=frozenset(entries[word].text for c in found for word in c.words if word in entries),
    )


def kept(found: list[Candidate]) -> list[Candidate]:
    """Best first, without those that hold too little of the question."""
    best = max((c.coverage for c in found), default=0.0)
    enough = [c for c in found if c.coverage >= best * ranking.LEAST_COVERAGE]
    return sorted(enough, key=ranking.order)


def read(page: list[Candidate]) -> list[Found]:
    rows = Document.objects.in_bulk([c.pk for c in page])
    return [
        Found(
            source=c.source,
            key=c.key,
            kind=c.kind,
            language=c.language,
            title=row.title,
            url=row.url,
            summary=row.summary,
            body=row.body,
            date=row.date,
            score=c.score,
        )
        for c in page
        # The index may be written meanwhile.
        if (row := rows.get(c.pk)) is not None
    ]


def corrected(text: str, terms: list[Term], found: list[Candidate]) -> str:
    """The question with the words that were found in the place of those that no document holds.

    Only words of documents that this person found: no other may show here.
    """
    shown = {word for c in found for word in c.words}
    said = text
    for term in terms:
        first = next((word for word in term.corrections if word in shown), None)
        if first is not None:
            said = _replace(said, term.written, term.corrections[first])
    return said if said != text else ""


def _replace(text: str, word: str, by: str) -> str:
    lowered = text.lower()
    place = lowered.find(word)
    return text if place < 0 else text[:place] + by + text[place + len(word) :]


# -- While typing -----------------------------------------------------------------------------------


def suggest(question: Question, limit: int) -> Suggestions:
    """See `Backend.suggest`. Each word but the last must be in the title; the last begins one."""
    terms = terms_of(question.text, question.language)
    if not terms:
        return Suggestions()
    state = store.state()
    entries = understand(terms, str(state), question.language, typing=True)
    found = candidates(terms, question.user, head=True)
    found = [c for c in found if len(c.held) == len(terms)]
    score(found, terms, state.documents)
    found = sorted(in_one_language(found, question.language), key=ranking.order)
    return Suggestions(
        questions=_questions(question.text, terms[-1], entries, found, question.language),
        found=read(found[:limit]),
    )


def _questions(
    text: str, last: Term, entries: dict[int, Entry], found: list[Candidate], language: str
) -> list[str]:
    """What is typed with its last word finished, by the words that most titles hold."""
    uses = Counter(w for c in found for w in c.words if w in last.words and w in entries)
    # One word a stem: formation, not formations after it.
    ends: dict[str, Entry] = {}
    for word, _count in uses.most_common():
        entry = entries[word]
        if entry.text.startswith(last.text) and entry.language == language:
            ends.setdefault(entry.stem, entry)
    whole = [
        _replace_last(text, last, entry.written)
        for entry in ends.values()
        if entry.text != last.text
    ]
    return whole[:MAX_QUESTIONS]


def _replace_last(text: str, last: Term, by: str) -> str:
    place = text.lower().rfind(last.written)
    return by if place < 0 else text[:place] + by
