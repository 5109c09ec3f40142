"""Addresses made from titles."""

from django.utils.text import slugify
from wagtail.models import Page


def free_slug(parent: Page, title: str) -> str:
    """An address made from a title, that no page beside has."""
    base = slugify(title)[:240] or "page"
    taken = set(parent.get_children().values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
