"""The tag that lets a page show itself within another: `{% load embeds %}`."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def render_embed(embed: tuple[str, dict[str, Any]]) -> SafeString:
    """Render (template, context), as `BasePage.get_embed_context` gives them."""
    name, context = embed
    return render_to_string(name, context, request=context.get("request"))
