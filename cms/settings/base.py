"""What every environment shares. Each variable is listed in `docs/configuration.md`."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from ..logs import logging_config
from .sign_in import *  # noqa: F403
from .storage import files_origins, storages

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

# -- Addresses ---------------------------------------------------------------
# The site's own origin, and the one on which third-party learning packages run.
SITE_ORIGIN = env("SITE_ORIGIN", default="http://localhost:8000").rstrip("/")
CONTENT_ORIGIN = env("CONTENT_ORIGIN", default="http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Maisons de services au public"
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_ORIGIN
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_ORIGIN).hostname, urlsplit(CONTENT_ORIGIN).hostname],
)
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]

# -- Applications ------------------------------------------------------------
# Imports point one way: home | search -> bulletin | newsroom | initiatives | toolbox -> maisons
# -> accounts -> cms.
OUR_APPS = [
    "home",
    "search",
    "bulletin",
    "newsroom",
    "initiatives",
    "learning",
    "toolbox",
    "maisons",
    "accounts",
    "cms",
]
INSTALLED_APPS = [
    *OUR_APPS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_footnotes",
    "wagtailmedia",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.wagtail_users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "rules.apps.AutodiscoverRulesConfig",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
INSTALLED_APPS = [
    a for a in INSTALLED_APPS if a not in OUR_APPS or (BASE_DIR / a / "apps.py").exists()
]

MIDDLEWARE = [
    "cms.hosts.HostSplitMiddleware",
    "cms.logs.RequestIdMiddleware",
    "cms.middleware.RequestScopeMiddleware",
    "cms.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.pagecache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "maisons.operators.guard.OperatorAdminMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context_processors.site",
                "accounts.context_processors.sign_in",
                "home.context_processors.professional",
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "cms.templatetags.icons",
            ],
        },
    },
]

# -- Database ----------------------------------------------------------------
SQLITE_OPTIONS = {
    "timeout": 20,
    # Take the write lock when a transaction starts: no deadlock on upgrade.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
    ),
}
# Pages ask many small questions, the same again and again: planning them costs more than answering.
# Compiling (JIT) took 275 ms of one list of sessions. docs/decisions/0010.
POSTGRESQL_OPTIONS = {
    "options": "-c jit=off -c join_collapse_limit=5",
    # Values go apart from the question, whose plan is kept from the sixth time on.
    "server_side_binding": True,
    "prepare_threshold": env.int("DATABASE_PREPARE_AFTER", default=5) or None,
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # Plans are lost with their connection.
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- People ------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_ORIGIN).scheme

# Accounts with a known password: on a developer's machine and in tests alone.
DEMO_ACCOUNTS = False

# -- Language and time -------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# -- Files -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
PACKAGES_ROOT = VAR_DIR / "packages"
STORAGES = {
    **storages(VAR_DIR),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DOCUMENT_MAX_SIZE = env.int("DOCUMENT_MAX_SIZE", default=50 * 1024 * 1024)
RECORDING_MAX_SIZE = env.int("RECORDING_MAX_SIZE", default=500 * 1024 * 1024)
# Who sends the bytes of uploaded files: "django", "nginx" (X-Accel-Redirect) or "bucket".
FILES_SENT_BY = env("FILES_SENT_BY", default="django")
FILES_NGINX_PREFIX = env("FILES_NGINX_PREFIX", default="/_fichiers/")
FILES_ORIGINS = files_origins(FILES_SENT_BY)
# What `make run` and production collect.
COMPRESSED_STATIC = {"BACKEND": "cms.static.HashedStaticStorage"}

# -- Wagtail -----------------------------------------------------------------
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.SiteDocument"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "cms.SiteMedia",
    "MEDIA_FORM_BASE": "cms.forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["m4a", "mp3", "ogg", "opus"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "ics",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "txt",
    "xlsx",
    "zip",
]
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": [
                "bold",
                "italic",
                "h3",
                "h4",
                "ol",
                "ul",
                "link",
                "document-link",
                "footnotes",
            ]
        },
    }
}
WAGTAIL_FOOTNOTES_TEXT_FEATURES = ["bold", "italic", "link"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # French plurals and endings; SQLite's engine takes no such option.
    WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "french"
# What answers /recherche/: a `search.backends.base.Backend`. Wagtail's own index, above, is the admin's.
SEARCH_BACKEND = env("SEARCH_BACKEND", default="search.backends.database.DatabaseBackend")
# Addresses that can be dictated and typed anywhere: "numéro" gives "numero".
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# -- Tasks, cache, mail ------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    # Files, shared by all processes: local memory goes stale as soon as two serve.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        }
    }
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
DEFAULT_FROM_EMAIL = env(
    "DEFAULT_FROM_EMAIL", default="Maisons de services au public <ne-pas-repondre@example.org>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- Logs --------------------------------------------------------------------
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING = logging_config(json_lines=False, level=LOG_LEVEL)

# -- Security ----------------------------------------------------------------
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=False)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# -- House features ----------------------------------------------------------
# Months during which a closed contact request is kept, with what identifies the person.
CONTACT_RETENTION_MONTHS = env.int("CONTACT_RETENTION_MONTHS", default=12)
# Who is new in training: members for less than so many months, who have not attended this module.
LEARNING_NEW_MONTHS = env.int("LEARNING_NEW_MONTHS", default=12)
LEARNING_WELCOME_MODULE = env("LEARNING_WELCOME_MODULE", default="decouvrir-le-reseau")
# What encrypts the private key of badges; SECRET_KEY when empty.
BADGE_KEY_SECRET = env("BADGE_KEY_SECRET", default="")
# The component gallery, reachable only in development and in tests.
STYLEGUIDE = False
SEARCH_ENGINES_INDEX = False
# Whether the worker asks other sites, slowly, if the links that lead to them still work.
CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=False)
# Where a weakness of the platform is reported: mailto: or https: address, shown in security.txt.
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"
