"""The screens of online learning, beside those of training in person."""

from django.urls import path

from .views import network, team, themes

NETWORK = "espace-pro/formations/reseau/parcours/"
TEAM = "espace-pro/equipe/parcours/"
urlpatterns = [
    path("espace-pro/formations/themes/", themes.themes, name="themes"),
    path(NETWORK, network.network, name="network-paths"),
    path(f"{NETWORK}<slug:slug>/", network.network_list, name="network-paths-list"),
    path(TEAM, team.team, name="team-paths"),
]
