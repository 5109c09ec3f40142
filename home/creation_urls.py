"""What stands beside the pages of « Vous êtes un acteur local »: /creer-une-maison/…"""

from django.urls import path

from . import creation_views

app_name = "creation"
urlpatterns = [
    path("verifier-mon-projet/", creation_views.self_check, name="self_check"),
    path("etre-rappele/", creation_views.call_back, name="call_back"),
]
