"""The same page in the other language: switcher, alternates, and the view that stands in for it.

French pages have no prefix, English ones stand under `/en/`. A page that is not translated is shown
there in French, with a notice, by `cms.views.serve_page`: nothing is copied into the English tree.
"""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Page

from . import routing
from .meta import absolute
from .visibility import visible_pages

SOURCE = settings.LANGUAGE_CODE


def current() -> str:
    return (translation.get_language() or SOURCE).split("-")[0]


def is_source() -> bool:
    return current() == SOURCE


def local_path(url: str, language: str | None = None) -> str:
    """A path of the site as readers of a language reach it: "/bulletin/" is "/en/bulletin/"."""
    language = language or current()
    if language == SOURCE or not url.startswith("/") or url.startswith(f"/{language}/"):
        return url
    # Addresses are written in French: under another language they would lead nowhere.
    with translation.override(SOURCE):
        return translate_url(url, language)


def in_one_language(pages: QuerySet[Any], visible: QuerySet[Any]) -> QuerySet[Any]:
    """Of pages of one type, each in the language that is read, else in French: no question more.

    visible: all the pages of the type that the reader may see.
    """
    language = current()
    if language == SOURCE:
        return pages.filter(locale__language_code=SOURCE)
    translated = visible.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language
    )
    stands_in = Q(locale__language_code=SOURCE) & ~Exists(translated.order_by())
    return pages.filter(Q(locale__language_code=language) | stands_in)


def source_route(request: HttpRequest, path: str) -> Any:
    """Where a path leads in the French tree. Raises Http404 when nowhere."""
    # Wagtail remembers its answer for the other tree.
    request.__dict__.pop("_wagtail_route_for_request", None)
    with translation.override(SOURCE):
        found = routing.route(request, path)
    if found is None:
        raise Http404
    return found


def translations_of(page: Page, user: Any) -> dict[str, Page]:
    """{language code: page} of this page and of the translations that this person may see."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    found = {
        other.locale.language_code: other
        for other in visible_pages(others, user).select_related("locale")
    }
    return {page.locale.language_code: page, **found}


def describe(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What templates show of languages.

    languages: the switcher, [{code, label, url, current}]; alternates: [(code, absolute URL)] of the
    published translations; french_url: on a page shown in place of its translation;
    newer_french_url: on a translation that is older than its French page.
    """
    known = translations_of(page, getattr(request, "user", None))
    urls = {code: other.get_url(request) or "/" for code, other in known.items()}
    stands_in = page.locale.language_code != current()
    shown = [
        {
            "code": code,
            "label": get_language_info(code)["name_local"].capitalize(),
            "url": urls.get(code) or local_path(urls[page.locale.language_code], code),
            "current": code == current(),
        }
        for code, _name in settings.LANGUAGES
    ]
    return {
        "languages": shown,
        "alternates": _alternates(urls) if len(urls) > 1 and not stands_in else [],
        "french_url": urls[SOURCE] if stands_in and SOURCE in urls else "",
        "newer_french_url": urls[SOURCE] if _is_behind(page, known.get(SOURCE)) else "",
    }


def _alternates(urls: dict[str, str]) -> list[tuple[str, str]]:
    found = [(code, absolute(url)) for code, url in sorted(urls.items())]
    return [*found, ("x-default", absolute(urls[SOURCE]))] if SOURCE in urls else found


def _is_behind(page: Page, source: Page | None) -> bool:
    """Whether the French page was published again after this translation of it."""
    return bool(
        source
        and source.pk != page.pk
        and source.last_published_at
        and page.last_published_at
        and source.last_published_at > page.last_published_at
    )


def of_path(request: HttpRequest) -> list[dict[str, Any]]:
    """The switcher of a page that is not Wagtail's: the same address in each language."""
    return [
        {
            "code": code,
            "label": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(request.path, code),
            "current": code == current(),
        }
        for code, _name in settings.LANGUAGES
    ]
