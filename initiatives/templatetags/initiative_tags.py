"""Filters of the templates of initiatives: `{% load initiative_tags %}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from ..text import to_html

register = template.Library()


@register.filter
def plain_text(text: str) -> SafeString:
    """Plain text as paragraphs and lists."""
    return to_html(text)


@register.filter
def overseas_codes(departments: list[Any]) -> bool:
    """Whether one of the departments is drawn in the insets of the map."""
    return any(department.code.startswith("97") for department in departments)


@register.filter
def euros(amount: int) -> str:
    """« 1 800 € », with the spaces that never break."""
    return f"{amount:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") + "\N{NO-BREAK SPACE}€"
