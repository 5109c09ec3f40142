"""Addresses of quizzes: an attempt under its unit, the figures and the corrections of questions."""

from django.urls import path

from . import item_views, regrade_views, views

BASE = "espace-pro/parcours/<uuid:uuid>/etapes/<uuid:unit>/"
urlpatterns = [
    path(f"{BASE}essais/", views.start, name="quiz-start"),
    path(f"{BASE}essais/<uuid:attempt>/", views.attempt, name="quiz-attempt"),
    path(f"{BASE}essais/<uuid:attempt>/reponse/", views.answer, name="quiz-answer"),
    path(f"{BASE}essai-a-blanc/", views.trial, name="quiz-trial"),
    path(f"{BASE}questions/", item_views.items, name="quiz-items"),
    path("espace-pro/banque/<uuid:uuid>/correction/", regrade_views.regrade, name="quiz-regrade"),
]
