"""What a template must know of a page, be it a Wagtail page or an ordinary view."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings


def absolute(path: str) -> str:
    """The public address of a path of the site: always on SITE_ORIGIN, never on the request's host."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_ORIGIN}{path}"


@dataclass
class PageMeta:
    """Title, place and search-engine data of one page.

    breadcrumbs: (label, url) from the home page down, without the page itself.
    alternates: (language code, absolute URL) of each published translation.
    cache: "public" when the page may be kept for everybody, else "private".
    """

    title: str
    description: str = ""
    canonical: str = ""
    breadcrumbs: list[tuple[str, str]] = field(default_factory=list)
    image: str = ""
    image_alt: str = ""
    robots: str = ""
    alternates: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[dict[str, Any]] = field(default_factory=list)
    og_type: str = "website"
    cache: str = "public"

    def __post_init__(self) -> None:
        if not settings.SEARCH_ENGINES_INDEX:
            self.robots = "noindex, nofollow"
