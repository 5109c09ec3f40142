"""Numbers as people read them."""

from django.utils.formats import number_format

NARROW = "\N{NARROW NO-BREAK SPACE}"


def figure(value: float, digits: int = 0, unit: str = "") -> str:
    """ "1 234,5 km": grouped by a narrow no-break space, its unit after a no-break one."""
    text = number_format(round(value, digits), digits, use_l10n=True, force_grouping=True)
    text = text.replace("\N{NO-BREAK SPACE}", NARROW)
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text
