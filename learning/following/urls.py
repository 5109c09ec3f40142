"""A trainer's cohorts, under /espace-pro/cohortes/."""

from django.urls import path

from . import message_views, people_views, quiz_views, rules_views, views

COHORT = "espace-pro/cohortes/<uuid:uuid>/"
PERSON = f"{COHORT}personnes/<uuid:person>/"
FLAG = f"{PERSON}signalements/<slug:kind>/"
urlpatterns = [
    path("espace-pro/cohortes/", views.cohorts, name="cohorts"),
    path(COHORT, views.cohort, name="cohort"),
    path(PERSON, people_views.person, name="cohort-person"),
    path(f"{PERSON}etapes/<uuid:unit>/<slug:act>/", people_views.act, name="cohort-act"),
    path(FLAG, people_views.mute, name="cohort-mute"),
    path(f"{FLAG}montrer/", people_views.unmute, name="cohort-unmute"),
    path(f"{COHORT}quiz/", quiz_views.quizzes, name="cohort-quizzes"),
    path(f"{COHORT}regles/", rules_views.rules, name="cohort-rules"),
    path(f"{COHORT}messages/", message_views.message_log, name="cohort-messages"),
    path(f"{COHORT}messages/ecrire/", message_views.write, name="cohort-write"),
]
