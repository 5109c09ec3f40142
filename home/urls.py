"""The professional space: /espace-pro/…"""

from django.urls import path, re_path

from . import pro, views

app_name = "pro"
# The four doors by name: other apps have addresses of theirs under /espace-pro/.
SLUGS = "|".join(kind.slug for kind in pro.KINDS)
urlpatterns = [
    path("", views.space, name="home"),
    re_path(rf"^(?P<slug>{SLUGS})/$", views.door, name="door"),
]
