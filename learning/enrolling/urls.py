"""Enrolling others: one's team, and cohorts."""

from django.urls import path

from . import cohort_views, member_views, team_views

TEAM = "espace-pro/equipe/parcours/inscrire/"
TEAM_TERMS = "espace-pro/equipe/parcours/conditions/"
COHORTS = "espace-pro/cohortes/"
COHORT = f"{COHORTS}<uuid:uuid>/"
MEMBERS = f"{COHORT}membres/"
MEMBER = f"{MEMBERS}<uuid:member>/"
urlpatterns = [
    path(TEAM, team_views.enrol_team, name="enrol-team"),
    path(f"{TEAM}fichier/", team_views.enrol_file, name="enrol-file"),
    path(f"{TEAM}fichier/<uuid:batch>/", team_views.enrol_batch, name="enrol-batch"),
    path(f"{TEAM_TERMS}<uuid:uuid>/", team_views.terms, name="team-terms"),
    path(f"{COHORTS}nouvelle/", cohort_views.create, name="create-cohort"),
    path(f"{COHORTS}rappels/", cohort_views.general_reminders, name="path-reminders"),
    path(f"{COHORT}modifier/", cohort_views.edit, name="edit-cohort"),
    path(f"{COHORT}fermer/", cohort_views.close, name="close-cohort"),
    path(f"{COHORT}rouvrir/", cohort_views.reopen, name="reopen-cohort"),
    path(f"{COHORT}rappels/", cohort_views.cohort_reminders, name="cohort-reminders"),
    path(MEMBERS, member_views.members, name="cohort-members"),
    path(f"{MEMBERS}ajouter/", member_views.add, name="cohort-add"),
    path(f"{MEMBERS}fichier/", member_views.file, name="cohort-file"),
    path(f"{MEMBERS}fichier/<uuid:batch>/", member_views.batch, name="cohort-batch"),
    path(MEMBER, member_views.terms, name="cohort-terms"),
    path(f"{MEMBER}<slug:act>/", member_views.act, name="cohort-member-act"),
]
