"""The Atom feed: the latest articles that anybody may read."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from cms import feeds

from . import queries

if TYPE_CHECKING:
    from .models import BulletinIndexPage


def atom_feed(index: "BulletinIndexPage", request: HttpRequest) -> HttpResponse:
    articles = queries.latest_articles(index, feeds.ENTRIES)
    return feeds.atom_feed(
        index,
        articles,
        request,
        extra=lambda article: {
            "author_name": article.authors or None,
            "categories": [str(article.get_section_display())],
        },
    )
