"""Moments of a recording, in templates."""

from django import template

from ..timecodes import write

register = template.Library()


@register.filter
def timecode(seconds: float) -> str:
    """ "1:05", of 65 seconds."""
    return write(int(seconds))
