"""The sizes at which pictures are shown, and who makes them.

WebP takes some 0.05 s a picture and is made by the first page that shows it. AVIF is a quarter
smaller and takes over a second: the worker makes it when the page is published, and pages name it
once it is there. No reader waits for it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.images.models import Filter, Picture, SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from .models import SiteImage
from .tasks import background

# size: (filter, `sizes` of the element). "" is a picture in the column of text.
SIZES = {
    "": ("width-{600,1200}", "(min-width: 40rem) 37rem, 100vw"),
    "half": ("width-{600,1200}", "(min-width: 56rem) 41rem, 100vw"),
    "wide": ("width-{600,1200,1600}", "(min-width: 75rem) 70rem, 100vw"),
    "thumb": ("fill-{384x216,768x432}", "(min-width: 40rem) 12rem, 100vw"),
}
AT_ONCE = "webp"
LATER = "avif"


def filters(image_format: str, size: str) -> list[Filter]:
    specs = Filter().expand_spec([f"format-{image_format}", SIZES[size][0]])
    return [Filter(spec) for spec in specs]


def picture(image: Any, size: str, attributes: dict[str, Any]) -> Picture:
    """A <picture>: WebP, and AVIF where it is ready. No query when renditions are prefetched."""
    prefetch_related_objects([image], "renditions")
    later = filters(LATER, size)
    ready = image.find_existing_renditions(*later)
    shown = {wanted.spec: ready[wanted] for wanted in later if wanted in ready}
    if len(shown) < len(later):  # all widths of a format, or none of it
        shown = {}
    made = get_renditions_or_not_found(image, filters(AT_ONCE, size))
    return Picture({**shown, **made}, {**attributes, "sizes": SIZES[size][1]})


@background(attempts=3)
def make_renditions(image_ids: list[int]) -> None:
    """Make every size of these pictures in both formats. Idempotent: what is there is kept."""
    draw(image_ids, AT_ONCE, LATER)


def draw(image_ids: Iterable[int], *formats: str) -> None:
    """Make every size of these pictures in some formats; what is there is kept."""
    wanted = [f for size in SIZES for kind in formats for f in filters(kind, size)]
    for image in SiteImage.objects.filter(pk__in=image_ids).prefetch_related("renditions"):
        try:
            image.get_renditions(*{f.spec: f for f in wanted}.values())
        except SourceImageIOError:  # its file is gone: nothing to make, nothing to try again
            continue
