"""Discussions, under /espace-pro/discussions/."""

from django.urls import path

from . import views

app_name = "threads"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("a-moderer/", views.to_moderate, name="to_moderate"),
    path("message/<uuid:uuid>/", views.message, name="message"),
    path("message/<uuid:uuid>/corriger/", views.correct, name="correct"),
    path("message/<uuid:uuid>/signaler/", views.report, name="report"),
    path("message/<uuid:uuid>/masquer/", views.hide, name="hide"),
    path("message/<uuid:uuid>/<slug:act>/", views.act, name="act"),
    path("<slug:kind>/<uuid:key>/", views.discussion, name="discussion"),
    path("<slug:kind>/<uuid:key>/<slug:act>/", views.change, name="change"),
]
