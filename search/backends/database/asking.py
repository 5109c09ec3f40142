"""From what a person typed to the words of the index that it means."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from ... import text
from ...models import Word
from . import ranking, spelling

MAX_WORDS = 12
MAX_LENGTH = 400
# A beginning shorter than this is the beginning of too many words.
SHORTEST_BEGINNING = 4
SHORTEST_TYPED = 2
MAX_BEGINNINGS = 40
MAX_ENTRIES = 1_000


@dataclass
class Term:
    """A word of the question. words: {identifier of a word of the index: what it is worth}."""

    text: str
    written: str
    words: dict[int, float] = field(default_factory=dict)
    shortest_beginning: int = SHORTEST_BEGINNING
    beginning_worth: float = ranking.BEGINNING
    most_beginnings: int = MAX_BEGINNINGS
    corrections: dict[int, str] = field(default_factory=dict)


def terms_of(question: str, language: str) -> list[Term]:
    """The words that count: without those that carry no subject, unless nothing else is there."""
    found = text.tokens(text.prepare(question[:MAX_LENGTH]))
    kept = [t for t in found if len(t.text) > 1 or t.text.isdigit()] or found
    stop = text.STOP_WORDS.get(language, frozenset())
    kept = [t for t in kept if t.text not in stop] or kept
    terms: dict[str, Term] = {}
    for token in kept:
        terms.setdefault(token.text, Term(token.text, token.written))
    return list(terms.values())[:MAX_WORDS]


@dataclass(frozen=True)
class Entry:
    """A word of the index."""

    pk: int
    language: str
    text: str
    written: str
    stem: str
    plain_stem: str


def understand(
    terms: list[Term], version: str, language: str, typing: bool = False
) -> dict[int, Entry]:
    """Give each term its words of the index, exact, of the same stem, begun by it, or corrected.

    `typing`: the last one is not finished. Returns the entries, by identifier.
    """
    if typing:
        terms[-1].shortest_beginning = SHORTEST_TYPED
        terms[-1].beginning_worth = ranking.SAME_STEM
        terms[-1].most_beginnings = MAX_ENTRIES
    entries = _entries(terms)
    by_text, by_stem = _by(entries, "text"), _by(entries, "stem", "plain_stem")
    for term in terms:
        _match(term, by_text, by_stem)
    _match_compounds(terms, by_text)
    for term in terms:
        if len(term.text) >= term.shortest_beginning:
            begun = [e for e in entries.values() if e.text.startswith(term.text)]
            for entry in sorted(begun, key=lambda e: len(e.text))[: term.most_beginnings]:
                term.words.setdefault(entry.pk, term.beginning_worth)
    unknown = [term for term in terms if not term.words]
    if unknown:
        entries |= _correct(unknown, version, language)
    return entries


def _stems(term: Term) -> Iterable[tuple[str, str]]:
    for language in text.STOP_WORDS:
        yield language, text.stem(term.written, language)
        yield language, text.stem(term.text, language)


def _entries(terms: list[Term]) -> dict[int, Entry]:
    """Every word of the index that has to do with the terms, in one query."""
    texts = [term.text for term in terms] + [joined for joined, _a, _b in compounds(terms)]
    wanted = Q(text__in=texts)
    stems: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        for language, stem in _stems(term):
            stems[language].add(stem)
        if len(term.text) >= term.shortest_beginning:
            wanted |= Q(text__startswith=term.text)
    for language, some in stems.items():
        wanted |= Q(language=language) & (Q(stem__in=some) | Q(plain_stem__in=some))
    return _read(Word.objects.filter(wanted).order_by(Length("text"))[:MAX_ENTRIES])


def _read(words: QuerySet[Word]) -> dict[int, Entry]:
    rows = words.values_list("pk", "language", "text", "written", "stem", "plain_stem")
    return {row[0]: Entry(*row) for row in rows}


def _by(entries: dict[int, Entry], *names: str) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        for value in {getattr(entry, name) for name in names}:
            found[value].append(entry)
    return found


def _match(term: Term, by_text: dict[str, list[Entry]], by_stem: dict[str, list[Entry]]) -> None:
    exact = by_text.get(term.text, [])
    for entry in exact:
        term.words[entry.pk] = ranking.SAME_WORD
    stems = set(_stems(term)) | {(e.language, e.stem) for e in exact}
    for language, stem in stems:
        for entry in by_stem.get(stem, []):
            if entry.language == language:
                term.words.setdefault(entry.pk, ranking.SAME_STEM)


def compounds(terms: list[Term]) -> list[tuple[str, Term, Term]]:
    """Neighbours as one word: "télé travail" may be télétravail, "35 000" 35000."""
    return [(a.text + b.text, a, b) for a, b in pairwise(terms)]


def _match_compounds(terms: list[Term], by_text: dict[str, list[Entry]]) -> None:
    for joined, first, second in compounds(terms):
        for entry in by_text.get(joined, []):
            for term in (first, second):
                term.words[entry.pk] = ranking.SAME_WORD


def _correct(terms: list[Term], version: str, language: str) -> dict[int, Entry]:
    nearest = {term.text: spelling.nearest(term.text, version, language) for term in terms}
    ids = [pk for found in nearest.values() for pk, _closeness in found]
    entries = _read(Word.objects.filter(pk__in=ids)) if ids else {}
    stems = {(e.language, e.plain_stem) for e in entries.values()}
    kin = Word.objects.filter(plain_stem__in={stem for _language, stem in stems})
    family = _by(_read(kin), "plain_stem") if stems else {}
    for term in terms:
        for pk, closeness in nearest[term.text]:
            entry = entries.get(pk)
            if entry is None:
                continue
            term.corrections[pk] = entry.written
            for other in family.get(entry.plain_stem, []):
                if other.language == entry.language:
                    worth = ranking.CORRECTED * closeness
                    term.words[other.pk] = max(worth, term.words.get(other.pk, 0.0))
                    entries[other.pk] = other
    return entries
