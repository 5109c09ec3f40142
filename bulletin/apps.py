from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinConfig(AppConfig):
    name = "bulletin"
    label = "bulletin"
    verbose_name = _("Bulletin")

    def ready(self) -> None:
        from cms import registry

        from . import signals
        from .exporting import ARTICLES

        signals.connect()
        registry.export_kinds.register(ARTICLES.code, ARTICLES)
