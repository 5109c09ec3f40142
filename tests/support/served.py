"""Settings of a web process that a test starts: those of tests, with the cache that production has."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import VAR_DIR

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "served-cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
