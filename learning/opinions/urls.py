"""Opinions on units."""

from django.urls import path

from . import views

urlpatterns = [
    path("espace-pro/parcours/<uuid:uuid>/etapes/<uuid:unit>/avis/", views.rate, name="rate"),
]
