"""What programs read of badges: one address for all languages (`cms/urls.py`)."""

from django.urls import path

from . import publishing

app_name = "badges"
urlpatterns = [
    path(".well-known/jwks.json", publishing.jwks, name="jwks"),
    path("badges/emetteur/", publishing.issuer, name="issuer"),
    path("badges/cles/<uuid:uuid>/", publishing.key, name="key"),
    path("badges/parcours/<uuid:uuid>/<int:version>/", publishing.achievement, name="achievement"),
    path("badges/parcours/<uuid:uuid>/<int:version>/badge.svg", publishing.image, name="image"),
    path("badges/statuts/<uuid:uuid>/", publishing.status_list, name="status"),
]
