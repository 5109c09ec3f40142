"""The trainer's space, under /espace-pro/seances/."""

from django.urls import path

from . import editing_views, people_views, public_views, team_views, views

SESSION = "espace-pro/seances/<uuid:uuid>/"
PERSON = f"{SESSION}participants/<uuid:person>/"
urlpatterns = [
    path("espace-pro/seances/", views.my_sessions, name="run-sessions"),
    path("espace-pro/seances/nouvelle/", editing_views.create, name="create-session"),
    path(SESSION, views.participants, name="run-session"),
    path("sessions/calendrier/", public_views.calendar, name="sessions-calendar"),
    path("sessions/carte/", public_views.map_view, name="sessions-map"),
    path("sessions/<uuid:uuid>/equipe/", team_views.register_team, name="register-team"),
    path("sessions/<uuid:uuid>/equipe/fichier/", team_views.register_file, name="register-file"),
    path(
        "sessions/<uuid:uuid>/equipe/fichier/<uuid:batch>/",
        team_views.register_batch,
        name="register-batch",
    ),
    path("espace-pro/formations/inscrire/", team_views.choose_session, name="choose-session"),
    path("espace-pro/formations/a-approuver/", team_views.approve, name="approve"),
    path(f"{SESSION}ajouter/", people_views.add, name="run-add"),
    path(PERSON, people_views.person, name="run-person"),
    path(f"{PERSON}<slug:act>/", people_views.act, name="run-person-act"),
    path(f"{SESSION}messages/", people_views.message_log, name="run-messages"),
    path(f"{SESSION}messages/ecrire/", people_views.write, name="run-write"),
    path(f"{SESSION}preparer/", editing_views.prepare, name="prepare"),
    path(f"{SESSION}modifier/", editing_views.edit, name="edit-session"),
    path(f"{SESSION}annoncer/", editing_views.announce, name="announce-session"),
    path(f"{SESSION}dupliquer/", editing_views.duplicate, name="duplicate-session"),
    path(f"{SESSION}annuler/", editing_views.cancel, name="cancel-session"),
    path(f"{SESSION}supprimer/", editing_views.delete, name="delete-session"),
]
