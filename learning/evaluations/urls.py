"""Addresses of evaluation."""

from django.urls import path

from . import views

urlpatterns = [
    path("espace-pro/evaluations/<uuid:uuid>/", views.answer, name="evaluation"),
]
