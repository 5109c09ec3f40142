"""The tag of icons, which every template has: a page has dozens of them."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the set, as `components/icon.html` draws it.

    An include for each would take a tenth of the time of a long list.
    """
    return _drawn(str(name))


@lru_cache(maxsize=256)
def _drawn(name: str) -> SafeString:
    return render_to_string("components/icon.html", {"name": name})
