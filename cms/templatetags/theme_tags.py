"""Filters of the theme's templates."""

import datetime as dt
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..languages import current, local_path
from ..territories import read_territories

register = template.Library()

# The same three as Django's json_script: they could close the script element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """A <script type="application/ld+json"> element, which no browser executes."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def local_url(context: dict[str, Any], page: Any) -> str:
    """Where a reader meets a page in their language: one that is not translated stands there in French."""
    return local_path(page.get_url(context.get("request")) or "")


@register.filter
def own_language(page: Any) -> SafeString:
    """The attribute that says the language of a page's words, where it is not that of what is around them."""
    code = page.locale.language_code
    return lang_attribute("" if code == current() else code)


@register.filter
def lang_attribute(code: str) -> SafeString:
    return format_html(' lang="{}"', code) if code else mark_safe("")


@register.filter
def day(date: dt.date | None) -> str:
    """A date in words: "1er avril 2016", and as Django writes it in other languages.

    A moment, as the database gives it, is said by the clock of the country; one that is already in the
    zone of its place stays there.
    """
    if not date:
        return ""
    date = _local(date)
    if not _french():
        return formats.date_format(date, "j F Y")
    return f"{_french_day(date)} {formats.date_format(date, 'F Y')}"


@register.filter
def moment(date: dt.date | None, precision: str) -> str:
    """A date as precise as it is known: "2006", "mai 2015" or "7 août 2015"."""
    if not date or precision not in {"year", "month"}:
        return day(date)
    return formats.date_format(date, "Y" if precision == "year" else "F Y")


@register.filter
def day_range(start: dt.date, end: dt.date) -> str:
    """ "23 – 25 novembre 2016", with what both dates share said once."""
    start, end = _local(start), _local(end)
    first = _french_day(start) if _french() else str(start.day)
    if (start.year, start.month) != (end.year, end.month):
        kept = "F" if start.year == end.year else "F Y"
        first = f"{first} {formats.date_format(start, kept)}"
    return f"{first}\N{NO-BREAK SPACE}– {day(end)}"


def _local(date: dt.date) -> dt.date:
    if isinstance(date, dt.datetime) and date.tzinfo == dt.UTC:
        return timezone.localtime(date)
    return date


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")


def _french_day(date: dt.date) -> str:
    return "1er" if date.day == 1 else str(date.day)


@register.filter
def cells(row: Iterable[Any]) -> list[dict[str, Any]]:
    """The cells of a row of `components/table.html`, each with `value` and `number`.

    A template that looks for what a cell does not have takes longer than to write it.
    """
    return [
        {"number": False, **cell}
        if isinstance(cell, dict)
        else {"value": "" if cell is None else cell, "number": False}
        for cell in row
    ]


@register.filter
def bare_url(url: str) -> str:
    """An address as one says it: without its scheme, "www." and last slash."""
    return str(url).split("://", 1)[-1].removeprefix("www.").rstrip("/")


@register.filter
def department_name(code: str) -> str:
    """The name of a department, or its code when unknown."""
    return _department_names().get(str(code), str(code))


@cache
def _department_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_territories()["departments"]}


@register.filter
def overseas(departments: list[Any]) -> bool:
    """Whether one of the departments is drawn in the insets of the map."""
    return any(str(row["code"]).startswith("97") for row in departments)


@register.filter
def kind(field: BoundField) -> str:
    """What a form field's control is: "checkbox", "text", "select"…"""
    return field.widget_type


@register.filter
def page_numbers(page: Page) -> list[int]:
    """The numbers to show around the current page; 0 stands for those left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in shown]
