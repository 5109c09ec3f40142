from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = _("Training")

    def ready(self) -> None:
        from .paths import signals

        signals.connect()
        post_migrate.connect(_list_messages, sender=self, dispatch_uid="learning.messages.ensure")
        post_migrate.connect(
            _list_questionnaires, sender=self, dispatch_uid="learning.evaluations.ship"
        )


def _list_messages(using: str, **_kwargs: Any) -> None:
    from .messages.templates import ensure
    from .models import MessageTemplate

    # Other apps may be migrated before this one.
    if MessageTemplate._meta.db_table in connections[using].introspection.table_names():
        ensure()


def _list_questionnaires(using: str, **_kwargs: Any) -> None:
    from .evaluations.shipped import ship
    from .models import EvaluationTemplate

    if EvaluationTemplate._meta.db_table in connections[using].introspection.table_names():
        ship()
