"""The Atom feed of initiatives: the newest that anybody may read."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from cms.meta import absolute

from . import catalogue

if TYPE_CHECKING:
    from .models import InitiativesIndexPage, ProjectSheetPage

ENTRIES = 40


def atom_feed(index: "InitiativesIndexPage", request: HttpRequest) -> HttpResponse:
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
    newest = catalogue.sheets(None).select_related("locale").prefetch_related("departments")
    for sheet in newest.order_by("-first_published_at", "-pk")[:ENTRIES]:
        feed.add_item(
            title=sheet.title,
            link=absolute(sheet.get_url(request) or "/"),
            description=sheet.summary,
            unique_id=f"urn:uuid:{sheet.translation_key}",
            pubdate=_published(sheet),
            updateddate=sheet.last_published_at or _published(sheet),
            categories=[department.name for department in sheet.departments.all()],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def _published(sheet: "ProjectSheetPage") -> dt.datetime:
    return sheet.first_published_at or timezone.now()
