"""What the search page shows: an engine's answer, dressed for readers."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from cms.models import BasePage
from cms.templatetags.theme_tags import day

from . import marking
from .backends import Answer, Found, Question, Suggestions, backend
from .promotions import promoted
from .sources import PAGES, kind_labels, kind_of

PER_PAGE = 20


@dataclass
class Hit:
    """One result. `kind` is what the reader calls it, `code` what the address calls it."""

    title: str
    url: str
    summary: str
    kind: str
    code: str = ""
    date: dt.date | None = None
    title_html: SafeString | str = ""
    summary_html: SafeString | str = ""

    @property
    def meta(self) -> str:
        return day(self.date) if self.date else ""


class Counted(Paginator):
    """Pages of a list of which the engine gave one page and the length."""

    def __init__(self, hits: list[Hit], count: int) -> None:
        super().__init__(hits, PER_PAGE)
        self.count = count  # type: ignore[misc]

    def of(self, number: int) -> Page:
        return Page(self.object_list, number, self)


@dataclass
class Results:
    """A page of results; `total` and `kinds` ((code, label, count)) are of all kinds."""

    page: Page
    total: int = 0
    kinds: list[tuple[str, str, int]] = field(default_factory=list)
    corrected: str = ""
    promoted: list[Hit] = field(default_factory=list)


def search(query: str, user: Any, kind: str = "", page: int = 1, request: Any = None) -> Results:
    """What this person may see that holds these words, best first."""
    language = reader_language()
    question = Question(query, user, language, kind, page, PER_PAGE)
    answer = backend().search(question)
    last = max(1, -(-answer.count // PER_PAGE))
    if page > last:
        # Beyond the last page stands the last one, as elsewhere on the site.
        page = last
        answer = backend().search(Question(query, user, language, kind, page, PER_PAGE))
    first = [
        Hit(row.title, row.get_url(request) or "", why or row.summary, kind_labels(_kind(row))[0])
        for row, why in promoted(query, user, language)
    ]
    return Results(
        page=Counted(dress(answer, user, request), answer.count).of(page),
        total=answer.total,
        kinds=[(code, kind_labels(code)[1], count) for code, count in answer.kinds.items()],
        corrected=answer.corrected,
        promoted=first if page == 1 and not kind else [],
    )


def reader_language() -> str:
    return (get_language() or "fr").split("-")[0]


def _kind(page: BasePage) -> str:
    return kind_of(page.specific_class or type(page))


def dress(answer: Answer, user: Any, request: Any) -> list[Hit]:
    """Results as they are shown: pages by what they say now, not when they were indexed."""
    pages = live_pages(answer.found, user)
    hits = []
    for found in answer.found:
        if found.source == PAGES:
            page = pages.get(found.key)
            if page is None:
                continue
            hit = _page_hit(page, found, request)
        else:
            url = in_language(found.url)
            hit = Hit(found.title, url, found.summary, "", found.kind, found.date)
        hit.kind = kind_labels(found.kind)[0]
        _mark(hit, found, answer.words)
        hits.append(hit)
    return hits


def in_language(path: str) -> str:
    """The address, which the index holds in French, in the reader's language."""
    language = reader_language()
    with override("fr"):
        return translate_url(path, language)


def live_pages(found: list[Found], user: Any) -> dict[str, BasePage]:
    keys = [int(row.key) for row in found if row.source == PAGES]
    if not keys:
        return {}
    pages = BasePage.objects.visible_to(user).filter(pk__in=keys)
    return {str(page.pk): page for page in pages.select_related("locale")}


def _page_hit(page: BasePage, found: Found, request: Any) -> Hit:
    summary = page.summary or page.search_description
    url = page.get_url(request) or ""
    return Hit(page.title, url, summary, "", found.kind, page.display_date)


def _mark(hit: Hit, found: Found, words: frozenset[str]) -> None:
    """Mark the words; where neither title nor summary holds any, show the passage that does."""
    hit.title_html = marking.marked(hit.title, words)
    shown = hit.summary
    if not marking.holds(hit.summary, words):
        shown = marking.excerpt(found.body, words) or shown
    hit.summary_html = marking.marked(shown, words)


# -- While typing -----------------------------------------------------------------------------------


def suggest(query: str, user: Any, limit: int, request: Any = None) -> list[dict[str, str]]:
    """Rows {type: "question" | "document", text, url, kind} for the list under the field."""
    question = Question(query, user, reader_language())
    given: Suggestions = backend().suggest(question, limit)
    rows = [{"type": "question", "text": text, "url": "", "kind": ""} for text in given.questions]
    for hit in dress(Answer(found=given.found), user, request):
        rows.append({"type": "document", "text": hit.title, "url": hit.url, "kind": hit.kind})
    return rows
