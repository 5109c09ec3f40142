"""A trainer's cohorts, under /espace-pro/cohortes/."""

from django.urls import path

from . import views

COHORT = "espace-pro/cohortes/<uuid:uuid>/"
urlpatterns = [
    path("espace-pro/cohortes/", views.cohorts, name="cohorts"),
    path(COHORT, views.cohort, name="cohort"),
]
