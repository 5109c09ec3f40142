from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        # Each app says in its `providers` module what it gives to the others, and in `demo` what
        # `manage.py load_demo` loads.
        autodiscover_modules("providers", "demo")
        # They register themselves; tasks: retries listen to a signal.
        from . import checks, deployment, media_use, plans, signals, tasks  # noqa: F401

        signals.connect()
        media_use.connect()
        plans.connect()
        # After the last app that `migrate` touches, so that every table is there.
        post_migrate.connect(_sync_site, dispatch_uid="cms.sites.sync_site")


def _sync_site(app_config, **kwargs) -> None:
    if app_config.name == "home":
        from .sites import sync_site

        sync_site()
