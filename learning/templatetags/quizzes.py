"""Words and figures of quizzes."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cms.numbers import figure

from ..quizzes.content import Verdict

register = template.Library()
ICONS = {
    Verdict.RIGHT: "circle-check",
    Verdict.PARTIAL: "circle-alert",
    Verdict.WRONG: "x",
    Verdict.MISSED: "minus",
}


@register.filter
def share(value: Any) -> str:
    """A score from 0 to 1, in per cent."""
    return "–" if value is None else f"{figure(round(value * 100))}\N{NO-BREAK SPACE}%"


@register.filter
def lang_attr(lang: str) -> str:
    """The attribute of what is in another language than its page; nothing where it is not."""
    return format_html(' lang="{}"', lang) if lang else ""


@register.filter
def signed(value: Any) -> str:
    """A correlation, with its sign."""
    if value is None:
        return "–"
    text = figure(abs(value), 2)
    return f"−{text}" if round(value, 2) < 0 else text


@register.filter
def verdict_icon(verdict: str) -> str:
    return ICONS[Verdict(verdict)]


@register.filter
def verdict_label(verdict: str) -> str:
    return str(Verdict(verdict).label)


@register.filter
def choice_verdict(verdict: str, chosen: bool) -> str:
    """Of a choice: one that was not made and is right is not "not answered"."""
    return _("Right answer") if not chosen else verdict_label(verdict)


@register.filter
def doubt_label(doubt: str) -> str:
    return {
        "key": _("look at the key"),
        "hard": _("very hard"),
        "easy": _("very easy"),
    }[doubt]
