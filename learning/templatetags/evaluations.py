"""Figures of evaluation, in words."""

from django import template

from cms import numbers

register = template.Library()


@register.filter
def figure(value: float | None) -> str:
    """ "1 234"."""
    return "" if value is None else numbers.figure(value)


@register.filter
def percent(value: float | None) -> str:
    """ "92 %"."""
    return "" if value is None else numbers.figure(value, unit="%")
