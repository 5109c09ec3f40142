"""What is said of learners, for templates."""

from collections.abc import Mapping
from typing import Any

from django import template

from cms.numbers import figure

from ..following import saying
from ..following.kinds import FlagKind

register = template.Library()

TONES = {FlagKind.FAILING: "warm", FlagKind.STUCK: "warm"}


@register.filter
def since(told: Any) -> str:
    """ "Stuck since 3 November 2026"."""
    return saying.since(told)


@register.filter
def why(told: Any, titles: Mapping[str, str]) -> str:
    """The fact and the rule that says so."""
    return saying.why(told, titles)


@register.filter
def flag_label(kind: str) -> str:
    return str(FlagKind(kind).label)


@register.filter
def flag_tone(kind: str) -> str:
    return TONES.get(FlagKind(kind), "quiet")


@register.filter
def share(score: float) -> str:
    """ "45 %", of a score between 0 and 1."""
    return figure(score * 100, unit="%")
