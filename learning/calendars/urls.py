"""Files for calendars, and the personal calendar."""

from django.urls import path

from . import views

MINE = "espace-pro/formations/agenda/"
urlpatterns = [
    path("calendrier/<slug:token>.ics", views.personal, name="calendar-feed"),
    path("sessions/<uuid:uuid>/agenda.ics", views.of_session, name="session-calendar"),
    path(
        "espace-pro/inscriptions/<uuid:uuid>/agenda.ics",
        views.of_registration,
        name="registration-calendar",
    ),
    path(MINE, views.mine, name="my-calendar"),
    path(f"{MINE}<slug:act>/", views.change, name="change-calendar"),
]
