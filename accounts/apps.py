from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from . import moderation, signals  # noqa: F401

        moderation.connect()
        post_migrate.connect(_sync_groups, dispatch_uid="accounts.sync_groups")


def _sync_groups(app_config: AppConfig, **kwargs: Any) -> None:
    # Once, after the last app whose permissions `migrate` creates.
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if app_config is last:
        from .groups import sync_groups
        from .moderation import sync_moderation

        sync_groups()
        sync_moderation()
