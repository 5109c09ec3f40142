"""What pages read from the foundation."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from .models.pages import BasePage


def cards_for(pages: list[Any], request: HttpRequest | None) -> list[BasePage]:
    """The given pages as base pages, in the order given, without those this reader may not see.

    One query whatever their number, and one for the renditions of their pictures. A page that is
    translated is given in the language of the reader.
    """
    if not pages:
        return []
    user = getattr(request, "user", None)
    language = get_language() or "fr"
    found = (
        BasePage.objects.filter(translation_key__in={page.translation_key for page in pages})
        .visible_to(user)
        .select_related("listing_image", "locale")
        .prefetch_related("listing_image__renditions")
    )
    by_key: dict[Any, BasePage] = {}
    chosen = {page.pk for page in pages}
    for page in found:
        if page.locale.language_code == language or (
            page.pk in chosen and page.translation_key not in by_key
        ):
            by_key[page.translation_key] = page
    return [by_key[page.translation_key] for page in pages if page.translation_key in by_key]
