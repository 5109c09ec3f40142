"""What pages read from the foundation."""

from typing import Any

from django.http import HttpRequest

from .models.pages import BasePage


def cards_for(pages: list[Any], request: HttpRequest | None) -> list[BasePage]:
    """The given pages as base pages, in the order given, without those this reader may not see."""
    user = getattr(request, "user", None)
    found = (
        BasePage.objects.filter(pk__in=[page.pk for page in pages])
        .visible_to(user)
        .select_related("listing_image", "locale")
        .prefetch_related("listing_image__renditions")
    )
    by_id = {page.pk: page for page in found}
    return [by_id[page.pk] for page in pages if page.pk in by_id]
