"""Tests: quick hashing, mail in memory, tasks run where they are enqueued.

Everything that a run writes goes into a folder of its own, one below for each parallel worker;
processes that a test starts inherit the same folder and database from the environment.
"""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent
TEST_DIR = Path(os.environ.get("TEST_DIR", _ROOT / "var" / "test"))
TEST_RUN = os.environ.setdefault("TEST_RUN", f"run{os.getpid()}")
TEST_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["VAR_DIR"] = str(TEST_DIR / TEST_RUN / TEST_WORKER)
os.environ.pop("DATABASE_URL", None)

from .base import *  # noqa: E402, F403
from .base import DATABASES, POSTGRESQL_OPTIONS, SQLITE_OPTIONS, env  # noqa: E402

DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
STYLEGUIDE = True
DEMO_ACCOUNTS = True
SEARCH_ENGINES_INDEX = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# -- Database: SQLite, or PostgreSQL when asked (see docs/testing.md) ----------
DATABASE_TEST_URL = env("DATABASE_TEST_URL", default="")
if os.environ.get("TEST_DATABASE") == "postgresql":
    # Without it, the error names the missing variable.
    DATABASES["default"] = env.db_url("DATABASE_TEST_URL")
    DATABASES["default"]["NAME"] = f"{TEST_RUN}_{TEST_WORKER}"
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS
else:
    # A test that loses power may lose its data.
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": f"{SQLITE_OPTIONS['init_command']} PRAGMA synchronous=OFF;",
    }
