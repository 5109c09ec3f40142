"""Amounts as French administrations write them."""

from decimal import Decimal

from django import template

register = template.Library()
NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@register.filter
def euros(amount: Decimal) -> str:
    """« 17 500 € », « 1 234,50 € »: cents only where there are some."""
    text = f"{amount:,.2f}".removesuffix(".00")
    return text.replace(",", NARROW).replace(".", ",") + NO_BREAK + "€"


@register.filter
def percent(value: Decimal) -> str:
    """« 25 % », « 12,5 % »"""
    return f"{value.normalize():f}".replace(".", ",") + NO_BREAK + "%"
