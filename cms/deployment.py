"""House rules of running the platform, as system checks: a mistake fails at start-up and says how
to mend it. Those tagged `deploy` run with `manage.py check --deploy`."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

HOSTS_FIRST = "cms.hosts.HostSplitMiddleware"


@register(Tags.security)
def origins_are_origins(**_kwargs: Any) -> list[CheckMessage]:
    """SITE_ORIGIN and CONTENT_ORIGIN are scheme://host[:port] and nothing more."""
    found: list[CheckMessage] = []
    for name in ("SITE_ORIGIN", "CONTENT_ORIGIN"):
        parts = urlsplit(getattr(settings, name))
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            hint = f"Write {name}=https://www.example.org, without a path."
            found.append(Error(f"{name} is not an origin.", hint=hint, id="msap.E001"))
    return found


@register(Tags.security)
def origins_differ(**_kwargs: Any) -> list[CheckMessage]:
    """Another port does not separate cookies: the hosts themselves must differ."""
    hosts = {urlsplit(o).hostname for o in (settings.SITE_ORIGIN, settings.CONTENT_ORIGIN)}
    if len(hosts) == 2:
        return []
    hint = "Give CONTENT_ORIGIN a host of its own, best on another domain."
    return [Error("SITE_ORIGIN and CONTENT_ORIGIN share a host.", hint=hint, id="msap.E002")]


@register(Tags.security)
def hosts_are_split_first(**_kwargs: Any) -> list[CheckMessage]:
    if settings.MIDDLEWARE and settings.MIDDLEWARE[0] == HOSTS_FIRST:
        return []
    hint = "Nothing may run before it: no session, no cache, no static file."
    return [Error(f"{HOSTS_FIRST} is not the first middleware.", hint=hint, id="msap.E003")]


@register(Tags.security, deploy=True)
def origins_are_https(**_kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for name in ("SITE_ORIGIN", "CONTENT_ORIGIN"):
        if not getattr(settings, name).startswith("https://"):
            hint = f"Write {name}=https://…; the cookies of the site need it."
            found.append(Error(f"{name} is not https.", hint=hint, id="msap.E004"))
    return found


@register(Tags.security, deploy=True)
def hosts_are_named(**_kwargs: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "Leave ALLOWED_HOSTS unset: it follows SITE_ORIGIN and CONTENT_ORIGIN."
    return [Error("ALLOWED_HOSTS accepts every host.", hint=hint, id="msap.E005")]


@register(Tags.security, deploy=True)
def cookies_stay_on_their_host(**_kwargs: Any) -> list[CheckMessage]:
    """A page on a sibling host could set a cookie for the whole domain, but not a __Host- one."""
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    if all(name.startswith("__Host-") for name in names):
        return []
    hint = "Use cms.settings.production."
    return [Error("Cookies are not named __Host-.", hint=hint, id="msap.E006")]


@register(Tags.security, deploy=True)
def weaknesses_have_an_address(**_kwargs: Any) -> list[CheckMessage]:
    contact = settings.SECURITY_CONTACT
    if contact.startswith(("mailto:", "https://", "tel:")):
        return []
    hint = "Write SECURITY_CONTACT=mailto:… or https://…: security.txt is absent without it."
    return [Warning("SECURITY_CONTACT is not an address.", hint=hint, id="msap.W001")]


@register(Tags.caches, deploy=True)
def cache_is_shared(**_kwargs: Any) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if not backend.endswith(("LocMemCache", "DummyCache")):
        return []
    hint = "Set REDIS_URL, or leave the cache in files of VAR_DIR: processes must share it."
    return [Error("The cache lives in the memory of one process.", hint=hint, id="msap.E007")]
