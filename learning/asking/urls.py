"""Questions to the trainer."""

from django.urls import path

from . import cohort, views

urlpatterns = [
    path("espace-pro/parcours/<uuid:uuid>/etapes/<uuid:unit>/question/", views.ask, name="ask"),
    path(
        "espace-pro/cohortes/<uuid:uuid>/questions/",
        cohort.cohort_questions,
        name="cohort-questions",
    ),
    path("espace-pro/questions/", views.questions, name="questions"),
    path("espace-pro/questions/<uuid:uuid>/", views.question, name="question"),
    path("espace-pro/questions/<uuid:uuid>/<slug:act>/", views.act, name="question-act"),
]
