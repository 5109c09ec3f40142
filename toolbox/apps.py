from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolboxConfig(AppConfig):
    name = "toolbox"
    label = "toolbox"
    verbose_name = _("Toolbox")

    def ready(self) -> None:
        from . import signals

        signals.connect()
