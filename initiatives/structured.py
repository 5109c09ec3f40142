"""The schema.org description (JSON-LD) of a sheet: what is known, nothing guessed."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from cms.meta import absolute

if TYPE_CHECKING:
    from .models import ProjectSheetPage


def sheet_data(sheet: "ProjectSheetPage", request: HttpRequest) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": sheet.title[:110],
        "description": sheet.summary,
        "url": absolute(sheet.get_url(request) or "/"),
        "inLanguage": sheet.locale.language_code,
        "keywords": ", ".join(theme.label for theme in sheet.theme_list),
        "publisher": {
            "@type": "Organization",
            "name": settings.SITE_NAME,
            "url": settings.SITE_ORIGIN,
        },
        "contentLocation": [
            {"@type": "AdministrativeArea", "name": department.name}
            for department in sheet.department_list
        ],
        "citation": [block.value["title"] for block in sheet.sources],
    }
    if sheet.display_date:
        described["datePublished"] = sheet.display_date.isoformat()
    if sheet.last_published_at:
        described["dateModified"] = sheet.last_published_at.isoformat()
    return {key: value for key, value in described.items() if value}
