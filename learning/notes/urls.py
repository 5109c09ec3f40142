"""Personal notes."""

from django.urls import path

from . import views

urlpatterns = [
    path("espace-pro/parcours/<uuid:uuid>/etapes/<uuid:unit>/note/", views.save, name="note-save"),
    path("espace-pro/mes-notes/", views.mine, name="notes"),
    path("espace-pro/mes-notes/texte/", views.as_text, name="notes-text"),
    path("espace-pro/mes-notes/<uuid:uuid>/<slug:act>/", views.act, name="note-act"),
]
