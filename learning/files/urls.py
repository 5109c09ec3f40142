"""The files of a session, for whoever runs it."""

from django.urls import path

from . import views

urlpatterns = [
    path("espace-pro/seances/<uuid:uuid>/documents/", views.documents, name="session-documents"),
    path(
        "espace-pro/seances/<uuid:uuid>/documents/<uuid:file>/<slug:act>/",
        views.act,
        name="session-document",
    ),
]
