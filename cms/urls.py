"""Every address of the platform. The table of public prefixes is in `docs/urls.md`."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from accounts import urls as accounts_urls
from home.open_data import figures_csv

from . import files, health, sitemap, views, wellknown
from .legal import site_map

handler400 = "cms.errors.bad_request"
handler403 = "cms.errors.forbidden"
handler404 = "cms.errors.not_found"
handler429 = "cms.errors.too_many_requests"  # allauth's rate limits
handler500 = "cms.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", wellknown.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", wellknown.security_txt, name="security_txt"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
    path(
        "apple-touch-icon.png",
        wellknown.favicon,
        {"name": "apple-touch-icon.png"},
        name="apple_touch_icon",
    ),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap_part"),
    # Before Wagtail's own sign-in pages, which know no second factor.
    path("", include(accounts_urls.doors)),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "medias/<slug:kind>/<uuid:file_uuid>/<slug:version>/<str:name>",
        files.serve,
        name="cms_file",
    ),
    path("compte/notifications/", include("accounts.notification_urls")),
    path("exports/", views.export_list, name="cms_exports"),
    path("exports/fichier/<uuid:file_uuid>/", views.export_file, name="cms_export_file"),
    path("exports/<slug:code>/", views.export, name="cms_export"),
]

# Public interfaces, one address for all languages.
urlpatterns += [
    path("api/v1/recherche/", include("search.api_urls")),
    path("", include("learning.credentials.badge_urls")),
]

if settings.STYLEGUIDE:
    urlpatterns += [path("styleguide/", include("cms.styleguide.urls"))]

# Wagtail's own addresses, with our view in the place of its last one, which serves pages.
wagtail_patterns = [
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, views.serve_page, name="wagtail_serve"),
]

urlpatterns += i18n_patterns(
    path("", include(accounts_urls)),
    path("maisons/", include("maisons.urls")),
    path("", include("maisons.contact.urls")),
    path("plan-du-site/", site_map.site_map, name="site_map"),
    path("consultations/", include("newsroom.contribution_urls")),
    path("recherche/", include("search.urls")),
    path("", include("learning.urls")),
    path("espace-pro/initiatives/", include("initiatives.urls")),
    path("espace-pro/discussions/", include("accounts.threads.urls")),
    path("espace-pro/", include("home.urls")),
    path("creer-une-maison/", include("home.creation_urls")),
    # Before the pages: the rest of the toolbox is pages.
    path("boite-a-outils/supports/", include("toolbox.urls")),
    path("a-propos/chiffres.csv", figures_csv, name="figures_csv"),
    path("", include(wagtail_patterns)),
    prefix_default_language=False,
)
