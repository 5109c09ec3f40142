"""What the pages of the prize read."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from cms.listings import FilterForm, narrow
from cms.queries import with_cards
from cms.streams import render_stream

from .rows import show_pages

if TYPE_CHECKING:
    from .models import AwardEditionPage, AwardIndexPage

PER_PAGE = 12


class EditionsOfPrize(FilterForm):
    """What may be asked of the list of editions: a page of it."""


def index_context(index: "AwardIndexPage", request: HttpRequest) -> dict[str, Any]:
    from .models import AwardEditionPage

    found = AwardEditionPage.objects.child_of(index).visible_to(request.user)
    listing = narrow(
        found.order_by("-year", "-pk"),
        EditionsOfPrize(request.GET),
        show=with_cards,
        per_page=PER_PAGE,
    )
    rendered = render_stream(
        index.body, {"page": index, "request": request}, index.footnotes.get_object_list()
    )
    return {"listing": listing, "body": rendered.html, "footnotes": rendered.notes}


def edition_context(page: "AwardEditionPage", request: HttpRequest) -> dict[str, Any]:
    """`categories`, each with `rows`: its laureates, whose `shown_page` is their sheet if this
    reader may see it."""
    categories = list(page.categories.prefetch_related("laureates__department"))
    laureates = []
    for category in categories:
        category.rows = list(category.laureates.all())
        laureates += category.rows
    show_pages(laureates, request)
    rendered = render_stream(
        page.body, {"page": page, "request": request}, page.footnotes.get_object_list()
    )
    today = timezone.localdate()
    return {
        "categories": categories,
        "has_laureates": bool(laureates),
        "jury": sorted(page.jury.all(), key=lambda member: not member.chairs),
        "takes_applications": bool(
            page.opens_on and page.closes_on and page.opens_on <= today <= page.closes_on
        ),
        "body": rendered.html,
        "footnotes": rendered.notes,
    }
