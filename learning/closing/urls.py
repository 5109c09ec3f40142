"""Closing a session, certificates, evidence, import of past attendance."""

from django.urls import path

from . import importing, views

urlpatterns = [
    path("espace-pro/seances/<uuid:uuid>/cloture/", views.closing, name="closing"),
    path("espace-pro/seances/<uuid:uuid>/cloture/reprendre/", views.retry, name="retry-files"),
    path("espace-pro/seances/<uuid:uuid>/bilan/", views.report, name="session-report"),
    path("espace-pro/attestations/<uuid:uuid>/", views.certificate, name="certificate"),
    path(
        "espace-pro/inscriptions/<uuid:uuid>/attestations/corriger/", views.reissue, name="reissue"
    ),
    path("espace-pro/agents-formes/", views.evidence, name="evidence"),
    path("espace-pro/formations/importer/", importing.imports, name="imports"),
    path("espace-pro/formations/importer/<uuid:uuid>/", importing.preview, name="import"),
]
