"""How the rest of the site finds the Bulletin: cards."""

from collections.abc import Iterable, Iterator
from typing import Any

from cms.models import BasePage

from .models import ArticlePage, BulletinIndexPage, IssuePage


def cards(objects: Iterable[Any], request: Any) -> list[dict[str, Any]]:
    """Cards of those of `objects` that are the Bulletin's and that this reader may see."""
    ids = [
        page.pk
        for page in objects
        if isinstance(page, BasePage) or page.__class__.__name__ == "Page"
    ]
    user = getattr(request, "user", None)
    found: dict[int, Any] = {}
    for model in (ArticlePage, IssuePage):
        from .queries import with_cards

        for page in with_cards(model.objects.filter(pk__in=ids).visible_to(user)):
            found[page.pk] = page
    return [_card(found[pk], request) for pk in ids if pk in found]


def _card(page: Any, request: Any) -> dict[str, Any]:
    return {
        "title": page.title,
        "url": page.get_url(request) or "",
        "summary": page.summary,
        "kicker": page.section_label if isinstance(page, ArticlePage) else page.label,
        "image": page.listing_image,
    }


def url_cases() -> Iterator[tuple[str, dict[str, int]]]:
    """One public address of each kind, and the screens of the editors."""
    from django.urls import reverse

    for model in (BulletinIndexPage, IssuePage, ArticlePage):
        page = model.objects.visible_to(None).first()
        if page is not None:
            yield page.get_url() or "", {"*": 200}
            if model is BulletinIndexPage:
                yield f"{page.get_url()}flux/", {"*": 200}
            if model is IssuePage:
                for name in ("bulletin_compose", "bulletin_preview"):
                    yield (
                        reverse(name, args=[page.pk]),
                        {"anonymous": 302, "editor": 200, "agent": 302, "*": 302},
                    )
