"""Numbers as people read them."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language

NARROW = "\N{NARROW NO-BREAK SPACE}"


def figure(value: float, digits: int = 0, unit: str = "") -> str:
    """ "1 234,5 km": grouped by a narrow no-break space, its unit after a no-break one."""
    text = _written(round(value, digits), digits, get_language())
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text


@lru_cache(maxsize=4096)
def _written(value: float, digits: int, language: str | None) -> str:
    """In the language that is read, which is named so that each has its own."""
    text: str = number_format(value, digits, use_l10n=True, force_grouping=True)
    return text.replace("\N{NO-BREAK SPACE}", NARROW)
