"""Durations and data of paths, for templates."""

import json
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ..paths import addresses

register = template.Library()


@register.filter
def duration(minutes: int) -> str:
    """ "10 min", "2 h", "1 h 20 min": how long something lasts."""
    hours, rest = divmod(int(minutes or 0), 60)
    if not hours:
        return _("%(n)d min") % {"n": rest}
    if not rest:
        return _("%(n)d h") % {"n": hours}
    return _("%(h)d h %(m)d min") % {"h": hours, "m": rest}


@register.filter
def json_text(value: Any) -> str:
    """JSON for an attribute, where the template escapes it."""
    return json.dumps(value or {})


@register.filter
def in_a_list(value: Any) -> list[Any]:
    return [value]


@register.simple_tag
def path_url(uuid: Any) -> str:
    """The page of a path for its learner; in a preview, its preview."""
    return addresses.of_path(uuid)
