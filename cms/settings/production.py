"""Production: every secret comes from the environment, HTTPS everywhere."""

from .base import *  # noqa: F403
from .base import COMPRESSED_STATIC, LOG_LEVEL, STORAGES, env, logging_config

DEBUG = False
STORAGES = {**STORAGES, "staticfiles": COMPRESSED_STATIC}
SECRET_KEY = env("SECRET_KEY")
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=True)
SEARCH_ENGINES_INDEX = env.bool("SEARCH_ENGINES_INDEX", default=True)
CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=True)
LOGGING = logging_config(json_lines=True, level=LOG_LEVEL)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Probes come from inside, in clear.
SECURE_REDIRECT_EXEMPT = [r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
# Wagtail shows its previews in a frame of the same origin.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
