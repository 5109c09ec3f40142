"""SITE_ORIGIN is the one truth about the site's address: the Wagtail site follows it."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

DEFAULT_PORTS = {"http": 80, "https": 443}


def sync_site(**_kwargs) -> None:
    """Make the default Wagtail site say what SITE_ORIGIN says. Runs after each `migrate`."""
    parts = urlsplit(settings.SITE_ORIGIN)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    wanted = (parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme], settings.SITE_NAME)
    if (site.hostname, site.port, site.site_name) != wanted:
        site.hostname, site.port, site.site_name = wanted
        site.save()
