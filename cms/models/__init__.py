from .media import SiteDocument, SiteImage, SiteMedia, SiteRendition
from .pages import BasePage, BasePageQuerySet, StandardPage
from .site import SiteSettings
from .territories import Commune, CommunePostcode, Department, ReferenceData, Region
from .themes import Theme

__all__ = [
    "BasePage",
    "BasePageQuerySet",
    "Commune",
    "CommunePostcode",
    "Department",
    "ReferenceData",
    "Region",
    "SiteDocument",
    "SiteImage",
    "SiteMedia",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
    "Theme",
]
