"""The screens that show who learnt what."""

from django.urls import path

from .views import mine

urlpatterns = [
    path("espace-pro/formations/", mine.mine, name="mine"),
    path("espace-pro/formations/historique/", mine.history, name="history"),
    path("espace-pro/formations/historique/pdf/", mine.history_pdf, name="history-pdf"),
]
