"""Assignments: the learner's under their unit; the trainers' marking under /espace-pro/corrections/."""

from django.urls import path

from . import cohort, marking_views, views

STEP = "espace-pro/parcours/<uuid:uuid>/etapes/<uuid:unit>/devoir/"
urlpatterns = [
    path(f"{STEP}brouillon/", views.draft, name="work-draft"),
    path(f"{STEP}remettre/", views.submit, name="work-submit"),
    path(f"{STEP}reprendre/", views.withdraw, name="work-withdraw"),
    path(f"{STEP}fichiers/", views.add_file, name="work-file"),
    path(f"{STEP}fichiers/<uuid:file>/<slug:act>/", views.act_on_file, name="work-file-act"),
    path(
        "espace-pro/cohortes/<uuid:uuid>/corrections/",
        cohort.cohort_marking,
        name="cohort-marking",
    ),
    path("espace-pro/corrections/", marking_views.to_mark, name="marking"),
    path("espace-pro/corrections/<uuid:uuid>/", marking_views.work, name="marking-work"),
    path("espace-pro/corrections/<uuid:uuid>/<slug:act>/", marking_views.act, name="marking-act"),
]
