"""The trainer's space, under /espace-pro/seances/."""

from django.urls import path

from . import views

urlpatterns = [
    path("espace-pro/seances/", views.my_sessions, name="run-sessions"),
    path("espace-pro/seances/<uuid:uuid>/", views.participants, name="run-session"),
]
