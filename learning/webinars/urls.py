"""Webinars under /espace-pro/webinaires/: their public pages are under the catalogue."""

from django.urls import path

from . import team_views, views

LIST = "espace-pro/webinaires/"
ONE = f"{LIST}<uuid:uuid>/"
urlpatterns = [
    path("webinaires/<uuid:uuid>/agenda.ics", views.calendar, name="webinar-calendar"),
    path(LIST, views.webinars, name="webinars"),
    path(ONE, views.room, name="webinar"),
    path(f"{ONE}rejoindre/", views.join, name="webinar-join"),
    path(f"{ONE}rapport/", views.report, name="webinar-report"),
    path(f"{ONE}notes/", views.add_note, name="webinar-add-note"),
    path(f"{ONE}notes/<uuid:note>/<slug:act>/", views.change_note, name="webinar-change-note"),
    path(f"{ONE}equipe/", team_views.team, name="webinar-team"),
    path(f"{ONE}equipe/presences/", team_views.attendance, name="webinar-attendance"),
    path(f"{ONE}equipe/message/", team_views.write, name="webinar-write"),
    path(f"{ONE}equipe/<slug:act>/", team_views.act, name="webinar-team-act"),
    path(f"{ONE}<slug:act>/", views.act, name="webinar-act"),
]
