"""Numbers as files write them: exact, finite, and of a size that means something."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from .found import Refused

MOST_EXPONENT = 50
MOST_SIGNS = 60


def decimal(text: str) -> Decimal | None:
    """The number that a text says; None when it says none."""
    written = text.strip().replace(",", ".")
    if not written or len(written) > MOST_SIGNS:
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= MOST_EXPONENT else None


def exact(text: str) -> Decimal:
    """The number that a text says. Raises Refused."""
    number = decimal(text)
    if number is None:
        raise Refused(_("“%(text)s” is not a number.") % {"text": text.strip()[:40]})
    return number
