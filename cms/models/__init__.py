from .editing import (
    ExternalAddress,
    PageLink,
    PageReview,
    PageScan,
    PageTemplate,
    PictureUse,
)
from .files import FileUse
from .legal import (
    AccessibilityAudit,
    AccessibilityIssue,
    AccessibilityPage,
    AccessibilitySettings,
    PersonalDataPage,
)
from .media import SiteDocument, SiteImage, SiteMedia, SiteRendition
from .operations import BinEntry, ContentVersion, ExportFile, Heartbeat, JobRun, OutboxMessage
from .pages import BasePage, BasePageQuerySet, BinPage, StandardPage
from .site import SiteSettings
from .territories import Commune, CommunePostcode, Department, ReferenceData, Region
from .themes import Theme

__all__ = [
    "AccessibilityAudit",
    "AccessibilityIssue",
    "AccessibilityPage",
    "AccessibilitySettings",
    "BasePage",
    "BasePageQuerySet",
    "BinEntry",
    "BinPage",
    "Commune",
    "CommunePostcode",
    "ContentVersion",
    "Department",
    "ExportFile",
    "ExternalAddress",
    "FileUse",
    "Heartbeat",
    "JobRun",
    "OutboxMessage",
    "PageLink",
    "PageReview",
    "PageScan",
    "PageTemplate",
    "PersonalDataPage",
    "PictureUse",
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
