"""What previews of blocks show of the media library: whatever is there, else nothing."""

from typing import Any


def images(count: int) -> list[dict[str, Any]]:
    """Raw values of picture blocks, with described pictures of the library."""
    from ..models import SiteImage

    found = SiteImage.objects.exclude(description="").order_by("pk")[:count]
    return [
        {
            "image": {"image": image.pk, "decorative": False, "alt_text": image.description},
            "caption": image.title,
            "credit": image.credit,
        }
        for image in found
    ]


def logo() -> int | None:
    from ..models import SiteImage

    return SiteImage.objects.order_by("pk").values_list("pk", flat=True).first()


def recording() -> int | None:
    from ..models import SiteMedia

    return SiteMedia.objects.order_by("pk").values_list("pk", flat=True).first()


def documents(count: int) -> list[int]:
    from ..models import SiteDocument

    return list(SiteDocument.objects.order_by("pk").values_list("pk", flat=True)[:count])


def pages(count: int) -> list[int]:
    from ..models import BasePage

    shown = BasePage.objects.visible_to(None).filter(depth__gt=2).exclude(listing_image=None)
    return list(shown.order_by("-display_date", "pk").values_list("pk", flat=True)[:count])
