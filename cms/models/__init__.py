from .media import SiteDocument, SiteImage, SiteMedia, SiteRendition
from .pages import BasePage, BasePageQuerySet, StandardPage
from .site import SiteSettings
from .themes import Theme

__all__ = [
    "BasePage",
    "BasePageQuerySet",
    "SiteDocument",
    "SiteImage",
    "SiteMedia",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "Theme",
]
