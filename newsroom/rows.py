"""Rows of pages that lead to other pages, as this reader may see them."""

from typing import Any

from django.http import HttpRequest

from cms.models import BasePage
from cms.queries import with_cards


def show_pages(rows: list[Any], request: HttpRequest) -> None:
    """Give each row its `shown_page`, with its picture, if this reader may see it: two queries
    whatever their number."""
    ids = {row.page_id for row in rows if row.page_id}
    found = with_cards(BasePage.objects.visible_to(request.user).filter(pk__in=ids)) if ids else ()
    shown = {page.pk: page for page in found}
    for row in rows:
        row.shown_page = shown.get(row.page_id)
