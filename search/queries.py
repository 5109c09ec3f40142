"""One search over everything: the pages of the site, and what the apps give to the registry.

`search` is the seam: another engine answers the same call with the same `Found`.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language
from wagtail.search.query import And, Or, PlainText, SearchQuery

from cms import registry
from cms.models import BasePage

PER_PAGE = 20
# Beyond this many hits of one source, nobody reads on: the words were too common.
MAX_HITS = 400
MAX_WORDS = 12
WORD = re.compile(r"[^\W_]+")


@dataclass
class Hit:
    """One result. `kind` is what the reader calls it, `code` what the address calls it."""

    title: str
    url: str
    summary: str
    kind: str
    date: dt.date | None = None

    @property
    def code(self) -> str:
        return slugify(self.kind)

    @property
    def meta(self) -> str:
        return date_format(self.date, "DATE_FORMAT") if self.date else ""


@dataclass
class Found:
    """A page of results; `total` and `kinds` ((code, label, count)) are of all kinds."""

    results: Page
    total: int
    kinds: list[tuple[str, str, int]] = field(default_factory=list)


def words(query: str) -> list[str]:
    """The words of a query: signs mean something to search engines, not to readers.

    Single letters are what elision leaves ("l'emploi"); they count only when nothing else does.
    """
    found = WORD.findall(query)
    return ([word for word in found if len(word) > 1] or found)[:MAX_WORDS]


def search(query: str, user: Any, kind: str = "", page: int = 1, request: Any = None) -> Found:
    """What this person may see that holds these words, best first."""
    hits = merge(_sources(query, user, request))
    counts = Counter(hit.code for hit in hits)
    labels = {hit.code: hit.kind for hit in hits}
    kinds = [(code, labels[code], count) for code, count in counts.most_common()]
    kept = [hit for hit in hits if not kind or hit.code == kind]
    return Found(Paginator(kept, PER_PAGE).get_page(page), len(hits), kinds)


def merge(sources: Iterable[list[Hit]]) -> list[Hit]:
    """Sources in turn, each in its own order: scores of different engines do not compare."""
    ranked = [
        (rank, number, hit)
        for number, hits in enumerate(sources)
        for rank, hit in enumerate(hits[:MAX_HITS])
    ]
    seen: set[str] = set()
    merged = []
    for _rank, _number, hit in sorted(ranked, key=lambda row: row[:2]):
        if hit.url not in seen:
            seen.add(hit.url)
            merged.append(hit)
    return merged


def variants(word: str) -> list[str]:
    """The word in the singular and in the plural, as French most often makes them.

    PostgreSQL knows French and needs none of it; SQLite takes words as they are written.
    """
    if len(word) < 3:
        return [word]
    if word.endswith("aux"):
        return [word, f"{word[:-3]}al", word[:-1]]
    if word.endswith(("s", "x")):
        return [word, word[:-1]]
    if word.endswith("al"):
        return [word, f"{word[:-2]}aux"]
    return [word, f"{word}x" if word.endswith(("au", "eu")) else f"{word}s"]


def _sources(query: str, user: Any, request: Any) -> list[list[Hit]]:
    found = words(query)
    if not found:
        return []
    text = " ".join(found)
    first = pages(found, user, request)
    # An app may give its pages too: they are here already, under the kind of their type.
    known = {hit.url for hit in first}
    others = (documents(provider(text, user)) for provider in registry.search_documents)
    return [first, *([hit for hit in hits if hit.url not in known] for hits in others)]


def documents(rows: Iterable[dict[str, Any]]) -> list[Hit]:
    best = sorted(rows, key=lambda row: row.get("score") or 0, reverse=True)
    return [
        Hit(
            title=str(row["title"]),
            url=row["url"],
            summary=str(row.get("summary") or ""),
            kind=str(row["kind"]),
            date=row.get("date"),
        )
        for row in best
    ]


def pages(found: list[str], user: Any, request: Any) -> list[Hit]:
    """Pages with every word as written, then in another number; with any of them failing that."""
    each = [Or([PlainText(variant) for variant in variants(word)]) for word in found]
    shown = _pages(PlainText(" ".join(found)), user)
    known = {page.pk for page in shown}
    shown += [page for page in _pages(And(each), user) if page.pk not in known]
    shown = shown or _pages(Or(each), user)
    language = get_language()
    own = {p.translation_key for p in shown if p.locale.language_code == language}
    return [
        Hit(
            title=page.title,
            url=page.get_url(request) or "",
            summary=page.search_description or page.summary,
            kind=str(page.specific_class._meta.verbose_name).capitalize(),
            date=page.display_date,
        )
        for page in shown
        # A page that exists in the reader's language is not shown in the other one too.
        if page.locale.language_code == language or page.translation_key not in own
    ]


def _pages(query: SearchQuery, user: Any) -> list[BasePage]:
    visible = BasePage.objects.visible_to(user).filter(depth__gt=1).select_related("locale")
    return list(visible.search(query)[:MAX_HITS])
