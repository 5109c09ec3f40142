"""Maps of departments and telephone numbers in templates: `{% load places %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html

from ..maps import DepartmentMap, build_map
from ..phones import parse_phone

register = template.Library()


@register.inclusion_tag("components/department_map.html")
def department_map(
    title: str,
    highlighted: str | Iterable[Any] = (),
    links: dict[str, str] | None = None,
    labels: dict[str, str] | None = None,
    region: str = "",
    dots: Iterable[tuple[float, float]] = (),
    description: str = "",
    listed: bool = True,
) -> dict[str, Any]:
    """The map of departments as inline SVG, with the same information as a list beneath.

    {% department_map title highlighted="15 43 2A" links=urls_by_code labels=texts_by_code %}
    highlighted: codes, Department objects, or codes in one string. listed=False only where the
    page already says in text what the map shows.
    """
    drawing = build_map(
        title,
        _codes(highlighted),
        links=links,
        labels=labels,
        region=region,
        dots=dots,
        description=description,
    )
    return {"map": drawing, "listed": drawing.listed if listed else []}


def _codes(highlighted: str | Iterable[Any]) -> list[str]:
    if isinstance(highlighted, str):
        return highlighted.replace(",", " ").split()
    return [getattr(item, "code", item) for item in highlighted]


@register.inclusion_tag("components/department_map.html")
def draw_map(drawing: DepartmentMap, listed: bool = True) -> dict[str, Any]:
    """A map that a view has built."""
    return {"map": drawing, "listed": drawing.listed if listed else []}


@register.filter
def phone_link(number: str, department: str = "") -> str:
    """`04 50 56 87 49` linked as `tel:+33450568749`; what is no number stays as text."""
    phone = parse_phone(number or "", getattr(department, "code", department))
    if phone is None:
        return number
    return format_html('<a class="phone" href="{}">{}</a>', phone.uri, phone.display)
