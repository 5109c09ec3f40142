"""Paths under /espace-pro/parcours/: their public pages are under the catalogue."""

from django.urls import path

from . import preview_views, views

BASE = "espace-pro/parcours/<uuid:uuid>/"
urlpatterns = [
    path(BASE, views.path, name="path"),
    path(f"{BASE}inscription/", views.enrol, name="path-enrol"),
    path(f"{BASE}etapes/<uuid:unit>/", views.unit, name="unit"),
    path(f"{BASE}etapes/<uuid:unit>/fait/", views.mark, name="unit-mark"),
    path(f"{BASE}etapes/<uuid:unit>/rapport/", views.report, name="unit-report"),
    path(f"{BASE}apercu/", preview_views.path, name="path-preview"),
    path(f"{BASE}apercu/<uuid:unit>/", preview_views.unit, name="unit-preview"),
    path(f"{BASE}<slug:act>/", views.act, name="path-act"),
]
