"""Attendance: one's own under /emargement/, the trainer's under /espace-pro/seances/…/emargement/."""

from django.urls import path

from .views import claim, door, paper, screen

RUN = "espace-pro/seances/<uuid:uuid>/emargement/"

urlpatterns = [
    path("emargement/", claim.enter, name="attendance-enter"),
    path("emargement/presence/", claim.presence, name="attendance-presence"),
    path("emargement/lien/<str:token>/", claim.link, name="attendance-link"),
    path("emargement/<slug:token>/", claim.scan, name="attendance-scan"),
    path("espace-pro/seances/hors-ligne.js", screen.worker, name="attendance-worker"),
    path(RUN, screen.screen, name="attendance"),
    path(f"{RUN}saisie/", screen.enter, name="attendance-entry"),
    path(f"{RUN}lot/", screen.batch, name="attendance-batch"),
    path(f"{RUN}etat/", screen.state, name="attendance-state"),
    path(f"{RUN}porte/", door.door, name="attendance-door"),
    path(f"{RUN}porte/code/", door.code, name="attendance-code"),
    path(f"{RUN}feuille.pdf", paper.filled, name="attendance-sheet"),
    path(f"{RUN}feuille-vierge.pdf", paper.blank, name="attendance-blank"),
    path(f"{RUN}<uuid:half_day>/contresigner/", screen.sign, name="attendance-sign"),
    path(f"{RUN}<uuid:half_day>/<uuid:registration>/", screen.correct, name="attendance-correct"),
]
