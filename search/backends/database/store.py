"""Writing the index of the database: documents, words, and which holds which."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from cms.searching import SearchDocument

from ... import text
from ...models import Document, IndexState, Posting, Word
from . import ranking

# Texts longer than this are indexed by their beginning.
MAX_BODY = 200_000


@dataclass
class Weighed:
    """A word of a document: how much it counts, and whether the title holds it."""

    weight: float
    head: bool
    written: str


def write(source: str, batch: Collection[SearchDocument]) -> int:
    """Write documents that differ from what is held, in one transaction. Returns how many did."""
    held = {
        (row.key, row.language): row
        for row in Document.objects.filter(
            source=source, key__in=[document.key for document in batch]
        ).only("pk", "key", "language", "digest")
    }
    changed = [
        document
        for document in batch
        if (row := held.get((document.key, document.language))) is None
        or row.digest != digest(document)
    ]
    if changed:
        weighed = {id(document): weigh(document) for document in changed}
        with transaction.atomic():
            rows = _write_rows(source, changed)
            words = _write_words(changed, weighed)
            Posting.objects.filter(document__in=[row.pk for row in rows]).delete()
            Posting.objects.bulk_create(
                [
                    Posting(
                        word_id=words[document.language, word],
                        document_id=row.pk,
                        weight=found.weight,
                        head=found.head,
                    )
                    for document, row in zip(changed, rows, strict=True)
                    for word, found in weighed[id(document)].items()
                ],
                batch_size=5_000,
            )
            _changed()
    return len(changed)


def digest(document: SearchDocument) -> str:
    """Changes with the document, and with the way in which documents are indexed."""
    said = repr((document, text.VERSION, ranking.FIELDS))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def weigh(document: SearchDocument) -> dict[str, Weighed]:
    """Every word of a document with its weight over all fields (BM25F)."""
    found: dict[str, Weighed] = {}
    for name, value in _fields(document).items():
        field = ranking.FIELDS[name]
        words = text.words(value, document.language, stop=name == "body")
        length = len(words) / field.usual_length
        counts = Counter(word for word, _written in words)
        written = dict(words)
        for word, count in counts.items():
            weight = field.weight * count / (1 - field.slope + field.slope * length)
            held = found.setdefault(word, Weighed(0.0, False, written[word]))
            held.weight += weight
            held.head = held.head or name == "title"
    return found


def _fields(document: SearchDocument) -> dict[str, str]:
    return {
        "title": document.title,
        "summary": document.summary,
        "keywords": "\n".join(document.keywords),
        "places": "\n".join(document.places),
        "body": document.body[:MAX_BODY],
    }


def _write_rows(source: str, documents: list[SearchDocument]) -> list[Document]:
    rows = [
        Document(
            source=source,
            key=document.key,
            language=document.language,
            group=document.group,
            kind=document.kind or source,
            url=document.url,
            date=document.date,
            weight=document.weight,
            digest=digest(document),
            **{name: text.clean(value) for name, value in _fields(document).items()},
        )
        for document in documents
    ]
    for row in rows:
        row.title = row.title[:300]
    Document.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "key", "language"],
        update_fields=[
            "group",
            "kind",
            "url",
            "date",
            "weight",
            "digest",
            "title",
            "summary",
            "keywords",
            "places",
            "body",
        ],
    )
    return rows


def _write_words(
    documents: list[SearchDocument], weighed: dict[int, dict[str, Weighed]]
) -> dict[tuple[str, str], int]:
    """{(language, word): identifier}, after adding those that are new."""
    wanted = {
        (document.language, word): found.written
        for document in documents
        for word, found in weighed[id(document)].items()
    }
    held = _words(wanted)
    new = [
        Word(
            language=language,
            text=word,
            written=written,
            stem=text.stem(written, language)[: text.MAX_WORD],
            plain_stem=text.stem(word, language)[: text.MAX_WORD],
        )
        for (language, word), written in wanted.items()
        if (language, word) not in held
    ]
    Word.objects.bulk_create(new, batch_size=2_000, ignore_conflicts=True)
    if new:
        held |= _words({(word.language, word.text) for word in new})
    return held


def _words(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    texts = sorted({word for _language, word in wanted})
    for start in range(0, len(texts), 5_000):
        rows = Word.objects.filter(text__in=texts[start : start + 5_000])
        for pk, language, word in rows.values_list("pk", "language", "text"):
            found[language, word] = pk
    return found


def keep_only(
    source: str, keys: Collection[str] | None, names: Collection[tuple[str, str]]
) -> None:
    """Take out the documents of these keys (all when None) that are not among these (key, language)."""
    held = Document.objects.filter(source=source)
    rows = (held if keys is None else held.filter(key__in=keys)).values_list(
        "pk", "key", "language"
    )
    kept = set(names)
    remove([pk for pk, key, language in rows if (key, language) not in kept])


def remove(ids: list[int]) -> None:
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        with transaction.atomic():
            Posting.objects.filter(document__in=batch).delete()
            Document.objects.filter(pk__in=batch).delete()
            _changed()


def clear() -> None:
    with transaction.atomic():
        for model in (Posting, Document, Word):
            model.objects.all().delete()
        _changed()


def finish(sources: Collection[str]) -> None:
    """Take out what belongs to no source, and the words that no document holds any more."""
    remove(list(Document.objects.exclude(source__in=sources).values_list("pk", flat=True)))
    Word.objects.filter(posting=None).delete()
    _changed()


def _changed() -> None:
    """Make what was computed from the index old."""
    IndexState.objects.update_or_create(
        pk=1, defaults={"version": uuid.uuid4().hex, "documents": Document.objects.count()}
    )


def state() -> IndexState:
    return IndexState.objects.filter(pk=1).first() or IndexState(version="", documents=0)
