"""Tests: quick hashing, mail in memory, tasks run where they are enqueued."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env

DEBUG = False
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
STYLEGUIDE = True
SEARCH_ENGINES_INDEX = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = VAR_DIR / "test-media"
PRIVATE_ROOT = VAR_DIR / "test-private"
DATABASE_TEST_URL = env("DATABASE_TEST_URL", default="")
