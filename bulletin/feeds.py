"""The Atom feed: the latest articles that anybody may read."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from cms.meta import absolute

from . import queries

if TYPE_CHECKING:
    from .models import ArticlePage, BulletinIndexPage

ENTRIES = 40


def atom_feed(index: "BulletinIndexPage", request: HttpRequest) -> HttpResponse:
    """Links are on SITE_ORIGIN; an entry keeps its identifier when its address changes."""
    address = absolute(index.get_url(request) or "/")
    feed = Atom1Feed(
        title=index.title,
        link=address,
        description=index.summary,
        subtitle=index.summary,
        language=index.locale.language_code,
        feed_url=f"{address}flux/",
        feed_guid=f"urn:uuid:{index.translation_key}",
    )
    for article in queries.latest_articles(index, ENTRIES):
        feed.add_item(
            title=article.title,
            link=absolute(article.get_url(request) or ""),
            description=article.summary,
            unique_id=f"urn:uuid:{article.translation_key}",
            pubdate=_published(article),
            updateddate=article.last_published_at or _published(article),
            author_name=article.authors or None,
            categories=[str(article.get_section_display())],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _published(article: "ArticlePage") -> dt.datetime:
    if article.display_date:
        noon = dt.datetime.combine(article.display_date, dt.time(12))
        return timezone.make_aware(noon)
    return article.first_published_at or timezone.now()
