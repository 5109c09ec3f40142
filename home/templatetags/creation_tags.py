"""Filters of the path to a Maison: names of bearers, amounts as French administrations write them."""

from decimal import Decimal

from django import template

from ..creation_blocks import BEARERS

register = template.Library()
NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@register.filter
def number(value: Decimal) -> str:
    """« 1 100 », « 12,50 »: decimals only where there are some."""
    text = f"{value:,.2f}".removesuffix(".00")
    return text.replace(",", NARROW).replace(".", ",")


@register.filter
def euros(amount: Decimal) -> str:
    """« 17 500 € », « 1 234,50 € »: cents only where there are some."""
    return number(amount) + NO_BREAK + "€"


@register.filter
def percent(value: Decimal) -> str:
    """« 25 % », « 12,5 % »"""
    return f"{value.normalize():f}".replace(".", ",") + NO_BREAK + "%"


@register.filter
def bearer_label(code: str) -> str:
    """« La Poste », « association »; nothing for a code that no longer exists."""
    return str(dict(BEARERS).get(code, ""))
