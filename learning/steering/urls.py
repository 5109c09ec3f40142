"""The screens that show who learnt what."""

from django.urls import path

from .views import mine, network, team

urlpatterns = [
    path("espace-pro/formations/", mine.mine, name="mine"),
    path("espace-pro/formations/historique/", mine.history, name="history"),
    path("espace-pro/formations/historique/pdf/", mine.history_pdf, name="history-pdf"),
    path("espace-pro/formations/reseau/", network.network, name="network"),
    path("espace-pro/formations/reseau/<slug:slug>/", network.network_list, name="network-list"),
    path("espace-pro/equipe/formations/", team.team, name="team"),
    path("espace-pro/equipe/formations/<uuid:uuid>/", team.person, name="team-person"),
]
