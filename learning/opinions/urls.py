"""Opinions on units."""

from django.urls import path

from . import cohort, views

urlpatterns = [
    path("espace-pro/cohortes/<uuid:uuid>/avis/", cohort.cohort_opinions, name="cohort-opinions"),
    path("espace-pro/parcours/<uuid:uuid>/etapes/<uuid:unit>/avis/", views.rate, name="rate"),
]
