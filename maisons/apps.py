from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MaisonsConfig(AppConfig):
    name = "maisons"
    label = "maisons"
    verbose_name = _("Network of Maisons")

    def ready(self) -> None:
        from cms.signals import changes_pages

        from .models import HostOrganisation, Maison, Operator, Service

        changes_pages(HostOrganisation, Maison, Operator, Service)
