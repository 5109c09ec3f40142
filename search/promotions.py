"""What editors put before the results."""

from typing import Any

from cms.models import BasePage

from . import text
from .models import Promotion

MAX = 3
MAX_LENGTH = 400


def promoted(query: str, user: Any, language: str) -> list[tuple[BasePage, str]]:
    """(page, why) of each page promoted for these words today that this person may see."""
    asked = _stems(query[:MAX_LENGTH], language)
    if not asked:
        return []
    wanted: dict[int, str] = {}
    for promotion in Promotion.objects.in_force():
        if any(stems and stems <= asked for stems in _lines(promotion, language)):
            wanted.setdefault(promotion.page_id, promotion.text)
    if not wanted:
        return []
    pages = BasePage.objects.visible_to(user).select_related("locale").in_bulk(wanted)
    return [(pages[pk], why) for pk, why in wanted.items() if pk in pages][:MAX]


def _lines(promotion: Promotion, language: str) -> list[set[str]]:
    return [_stems(line, language) for line in promotion.lines]


def _stems(words: str, language: str) -> set[str]:
    # Without accents, since a query may lack those of the promotion, or the contrary.
    found = text.words(words, language) or text.words(words, language, stop=False)
    return {text.stem(folded, language) for folded, _written in found}
