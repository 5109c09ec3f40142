"""Addresses of evaluation."""

from django.urls import path

from . import result_views, views

RESULTS = "espace-pro/formations/evaluations/"
urlpatterns = [
    path("espace-pro/evaluations/<uuid:uuid>/", views.answer, name="evaluation"),
    path(
        "espace-pro/seances/<uuid:uuid>/evaluation/",
        result_views.session_results,
        name="run-evaluation",
    ),
    path(RESULTS, result_views.all_results, name="evaluation-results"),
    path(f"{RESULTS}textes/", result_views.all_texts, name="evaluation-texts"),
]
