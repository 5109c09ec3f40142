"""Addresses of contact requests: the public form, and the desk in the professional space."""

from django.urls import path

from . import views

app_name = "contact"
urlpatterns = [
    path("contact/", views.contact, name="form"),
    path("contact/envoye/", views.sent, name="sent"),
    path("espace-pro/demandes/", views.requests, name="requests"),
    path("espace-pro/demandes/<uuid:request_uuid>/", views.detail, name="request"),
]
