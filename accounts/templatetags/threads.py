"""Messages of discussions, in templates."""

from django import template
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def message_text(text: str) -> SafeString:
    """A message as paragraphs, its addresses as links; all that was typed is escaped first."""
    linked = urlize(text, nofollow=True, autoescape=True)
    return mark_safe(linebreaks(linked.replace('rel="nofollow"', 'rel="nofollow ugc noopener"')))
