"""Filters of the editors' screens."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone

from ..editors import reports, starting
from .theme_tags import day

register = template.Library()
register.filter("link_fault", reports.link_fault)
register.filter("link_date", reports.link_date)
register.filter("link_target", reports.link_target)


@register.filter
def local_day(at: dt.datetime | None) -> str:
    """The day of a moment in words, in the time of the site: "1er avril 2016"."""
    return day(timezone.localtime(at).date()) if at else ""


@register.filter
def page_type(page: Any) -> str:
    """The name of a page's type."""
    model = page.specific_class
    return str(model._meta.verbose_name) if model else ""


@register.simple_tag(takes_context=True)
def templates_here(context: dict[str, Any], parent: Any) -> list[Any]:
    """The templates from which this person may start a page under `parent`."""
    return starting.templates_for(parent, context["request"].user)
