"""Atom feeds of pages (RFC 4287): links on SITE_ORIGIN, identifiers that outlive addresses."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from .meta import absolute

ENTRIES = 40


def atom_feed(
    index: Any,
    pages: Iterable[Any],
    request: HttpRequest,
    extra: Callable[[Any], dict[str, Any]] = lambda page: {},
) -> HttpResponse:
    """The feed of a page that lists others, at `flux/` beneath it.

    pages: base pages that anybody may read, newest first, with their locale. extra: what else an
    entry says (`author_name`, `categories`…), as Django's feed generator takes it.
    """
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
    for page in pages:
        feed.add_item(
            title=page.title,
            link=absolute(page.get_url(request) or ""),
            description=page.summary,
            # An entry keeps its identifier when its address changes.
            unique_id=f"urn:uuid:{page.translation_key}",
            pubdate=_published(page),
            updateddate=page.last_published_at or _published(page),
            **extra(page),
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _published(page: Any) -> dt.datetime:
    if page.display_date:
        noon = dt.datetime.combine(page.display_date, dt.time(12))
        return timezone.make_aware(noon)
    return page.first_published_at or timezone.now()
