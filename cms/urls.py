"""Every address of the platform. The table of public prefixes is in `docs/urls.md`."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from accounts import urls as accounts_urls

from . import files, views

urlpatterns = [
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
    path("", include(wagtail_patterns)),
    prefix_default_language=False,
)
