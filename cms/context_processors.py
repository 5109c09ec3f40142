"""What every template may use: the site's name, navigation, footer, languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import languages
from .legal import accessibility
from .models import SiteSettings
from .request_scope import remember


def site(request: HttpRequest) -> dict[str, Any]:
    config = remember("site-settings", lambda: SiteSettings.for_request_or_none(request))
    return {
        "site_name": settings.SITE_NAME,
        "site_origin": settings.SITE_ORIGIN,
        "site_settings": config,
        "navigation": config.links("navigation", request) if config else [],
        "languages": languages.of_path(request),
        "accessibility": accessibility.mention(config),
        "footer_links": config.links("footer", request) if config else [],
    }
