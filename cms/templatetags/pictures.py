"""The tag of pictures: see `templates/components/picture.html`, its only caller."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from .. import renditions

register = template.Library()


@register.simple_tag
def site_picture(image: Any, size: str = "", alt: str = "", eager: bool = False) -> SafeString:
    """A <picture> at a size of `cms.renditions.SIZES`. `eager`: the first picture of a page."""
    size = size if size in renditions.SIZES else ""
    attributes = {"alt": alt or "", "loading": "eager" if eager else "lazy"}
    if eager:
        attributes["fetchpriority"] = "high"
    return renditions.picture(image, size, attributes).__html__()
