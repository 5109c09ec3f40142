"""What the reader's pages show: contents, neighbours, reading time, notes, related articles."""

import math
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.html import strip_tags

from cms.streams import render_stream

from . import queries

if TYPE_CHECKING:
    from .models import ArticlePage, IssuePage

WORDS_PER_MINUTE = 220
# A table of contents helps from this many sections on.
TOC_FROM = 3


def reading_minutes(article: "ArticlePage") -> int:
    """Whole minutes, at least one, at an adult's pace on screen."""
    texts = article.body.stream_block.get_searchable_content(article.body)
    words = sum(len(strip_tags(str(text)).split()) for text in texts)
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def issue_context(
    issue: "IssuePage", request: HttpRequest, articles: list["ArticlePage"] | None = None
) -> dict[str, Any]:
    """`sections`: [(code, label, [articles])] in reading order, without what this reader may not see.

    A preview gives its own `articles`.
    """
    if articles is None:
        articles = queries.articles_of(issue, request.user)
    older, newer = queries.issues_around(issue, request.user)
    # Editorial and lead are one text for whoever reads their notes.
    around: dict[str, Any] = {"page": issue, "request": request}
    rows, called = issue.footnotes.get_object_list(), {}
    editorial = render_stream(issue.editorial_body, around, rows, called)
    lead = render_stream(issue.lead_body, around, rows, called)
    return {
        "label": issue.label,
        "articles": articles,
        "sections": queries.by_section(articles),
        "editorial": editorial,
        "lead": lead,
        "footnotes": lead.notes,
        "previous": older,
        "next": newer,
    }


def article_context(article: "ArticlePage", request: HttpRequest) -> dict[str, Any]:
    """Body, notes and surroundings of an article. See `templates/bulletin/article_page.html`."""
    figures, blocks = _pull_figures(article)
    rendered = render_stream(
        blocks, {"page": article, "request": request}, article.footnotes.get_object_list()
    )
    previous, following, related = queries.around(article, request.user)
    sections = [entry for entry in rendered.toc if entry[0] == 2]
    return {
        "issue": article.issue,
        "kicker": article.section_label,
        "hero": article.hero,
        "reading_minutes": article.reading_minutes,
        "figures": figures,
        "body": rendered.html,
        "toc": rendered.toc if len(sections) >= TOC_FROM else [],
        "footnotes": rendered.notes,
        "previous": previous,
        "next": following,
        "related": related,
        "themes": queries.themes_of(article),
    }


def _pull_figures(article: "ArticlePage") -> tuple[Any, list[Any]]:
    """The first key figures go beside the text: (their value or None, the other blocks)."""
    blocks = list(article.body)
    for index, block in enumerate(blocks):
        if block.block_type == "key_figures":
            return block.value, blocks[:index] + blocks[index + 1 :]
    return None, blocks
