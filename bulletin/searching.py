"""How the rest of the site finds the Bulletin: search, cards."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.models import BasePage

from .models import ArticlePage, BulletinIndexPage, IssuePage

MAX_RESULTS = 100


def search(query: str, user: Any) -> Iterator[dict[str, Any]]:
    """Articles and issues in the language shown, best first within each kind."""
    if not query.strip():
        return
    locale = Locale.objects.filter(language_code=get_language() or "fr").first()
    for model in (ArticlePage, IssuePage):
        pages = model.objects.visible_to(user)
        if locale:
            pages = pages.filter(locale_id=locale.pk)
        found = pages.select_related("locale").search(query).annotate_score("score")
        for page in found[:MAX_RESULTS]:
            yield {
                "title": page.title,
                "url": page.get_url() or "",
                "summary": page.summary,
                "kind": _("Article of the Bulletin") if model is ArticlePage else page.label,
                "date": page.display_date,
                "score": float(page.score or 0),
            }


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
