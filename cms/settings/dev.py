"""A developer's machine: `make dev` (runserver) and, with DEBUG off, `make run`."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS as HOSTS_OF_ORIGINS
from .base import COMPRESSED_STATIC, STORAGES, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="development-only-key-never-used-in-production")
ALLOWED_HOSTS = [*HOSTS_OF_ORIGINS, "localhost", "127.0.0.1", "[::1]"]
STYLEGUIDE = True
DEMO_ACCOUNTS = True
if not DEBUG:
    STORAGES = {**STORAGES, "staticfiles": COMPRESSED_STATIC}
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
