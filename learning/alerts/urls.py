"""One's alerts."""

from django.urls import path

from . import views

urlpatterns = [
    path("espace-pro/formations/alertes/", views.alerts, name="alerts"),
    path(
        "espace-pro/formations/alertes/<uuid:uuid>/retirer/",
        views.take_away,
        name="take-alert-away",
    ),
]
