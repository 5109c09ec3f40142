"""Attestations: verified by anybody, one's own, those that one looks after."""

from django.urls import path

from . import verify_views, views

BASE = "espace-pro/attestations/"
urlpatterns = [
    path("verifier/", verify_views.ask, name="verify-ask"),
    path("verifier/<slug:code>/", verify_views.verify, name="verify"),
    path("attestations/", verify_views.former),
    path("attestations/<slug:number>/", verify_views.former),
    path(BASE, views.mine, name="attestations"),
    path(f"{BASE}parcours/<uuid:uuid>/", views.document, name="path-certificate"),
    path(f"{BASE}parcours/<uuid:uuid>/badge.jwt", views.badge, {"form": "jwt"}, name="badge-jwt"),
    path(f"{BASE}parcours/<uuid:uuid>/badge.svg", views.badge, {"form": "svg"}, name="badge-svg"),
    path(f"{BASE}suivies/", views.followed, name="attestations-followed"),
    path(f"{BASE}suivies/reprendre/", views.retry, name="attestations-retry"),
    path(f"{BASE}suivies/<uuid:uuid>/", views.one, name="attestation"),
]
