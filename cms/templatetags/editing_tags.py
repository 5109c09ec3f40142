"""Filters of the editors' screens."""

from typing import Any

from django import template

from ..editors import reports, starting

register = template.Library()
register.filter("link_fault", reports.link_fault)
register.filter("link_date", reports.link_date)
register.filter("link_target", reports.link_target)


@register.filter
def page_type(page: Any) -> str:
    """The name of a page's type."""
    model = page.specific_class
    return str(model._meta.verbose_name) if model else ""


@register.simple_tag(takes_context=True)
def templates_here(context: dict[str, Any], parent: Any) -> list[Any]:
    """The templates from which this person may start a page under `parent`."""
    return starting.templates_for(parent, context["request"].user)
