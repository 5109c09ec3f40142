"""The other languages of a path, in its file: what its pages say in each, by the keys of the pages.

    "translations": {"en": {"<key of a page>": {"title": "…", …, "content": […]}, …}}

Words alone travel: rules, prerequisites and dates are those of the French pages.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from cms.translating import translate

from ..paths import drafts

FIELDS = (
    *("title", "summary", "act", "audience"),
    *("listing_image_alt", "seo_title", "search_description"),
)
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
MOST_LANGUAGES = 20


def of_pages(pages: Iterable[Any]) -> list[Any]:
    """The translations of these pages, as they were last saved; those that only repeat the French are none."""
    pages = list(pages)
    keys = [page.translation_key for page in pages]
    rows = Page.objects.filter(translation_key__in=keys, alias_of=None).exclude(
        pk__in=[page.pk for page in pages]
    )
    found: list[Any] = drafts.latest(list(rows.order_by("path").specific()))
    return found


def read(data: Any) -> dict[str, dict[str, Any]]:
    """{language: {key: what a page says}} of a file; what is of another shape is left out."""
    if not isinstance(data, dict):
        return {}
    return {
        code: {key: said for key, said in pages.items() if isinstance(said, dict)}
        for code, pages in list(data.items())[:MOST_LANGUAGES]
        if CODE.fullmatch(code) and isinstance(pages, dict)
    }


def name_of(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@dataclass
class Came:
    """What came with a path in other languages, and what had to be left out."""

    locales: dict[str, Locale | None] = field(default_factory=dict)
    pages: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)

    def locale(self, code: str, source: Locale) -> Locale | None:
        """The locale of this site for a language; None when it has none."""
        if code not in self.locales:
            rows = Locale.objects.exclude(pk=source.pk)
            self.locales[code] = rows.filter(language_code=code).first()
        return self.locales[code]

    def left_out(self) -> list[str]:
        """A sentence for each language that the site does not have."""
        text = _(
            "The file also says it in “%(language)s”, which this site does not have: left out."
        )
        missing = sorted(code for code, locale in self.locales.items() if locale is None)
        return [text % {"language": name_of(code)} for code in missing]

    def told(self) -> list[dict[str, Any]]:
        """[{"language", "pages", "questions"}] of the languages taken, for the report."""
        taken = sorted(code for code, locale in self.locales.items() if locale is not None)
        return [
            {
                "language": name_of(code),
                "pages": self.pages[code],
                "questions": self.questions[code],
            }
            for code in taken
        ]


def give(page: Any, words: Any, locale: Locale) -> int:
    """Translate a page with an unsaved one. Returns how many strings have no match and stay in French."""
    _target, lost = translate(page, words, locale)
    return lost
