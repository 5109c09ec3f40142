"""House rules as system checks: a mistake fails at start-up and says how to mend it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import EmailField, Field, Model

from . import registry

# Names of fields that tell of a person, whatever their type.
TELLING = {"first_name", "last_name", "phone", "mobile", "ip", "ip_address", "user_agent"}


@register()
def personal_data_has_an_end(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    """Every model that holds personal data says for how long."""
    declared = _declared()
    return [
        Error(
            f"{model._meta.label} holds personal data ({', '.join(told)}) and does not say for how"
            " long it keeps them.",
            hint=(
                "Give the model `personal_data_retention = _(…)`, a sentence that says how long or why"
                " it holds none, or name it in the `retention` of a provider of"
                " cms.registry.personal_data (docs/personal-data.md)."
            ),
            obj=model,
            id="cms.E001",
        )
        for model in apps.get_models()
        if (told := _telling_fields(model)) and not _says(model, declared)
    ]


def _telling_fields(model: type[Model]) -> list[str]:
    user = settings.AUTH_USER_MODEL.lower()
    names = []
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        target = field.related_model
        points = isinstance(target, type) and target._meta.label_lower == user
        if points or isinstance(field, EmailField) or _is_telling(field):
            names.append(field.name)
    return names


def _is_telling(field: Field[Any, Any]) -> bool:
    return field.name in TELLING


def _declared() -> set[str]:
    labels: Iterable[str] = (
        label for provider in registry.personal_data for label in provider.retention
    )
    return {label.lower() for label in labels}


def _says(model: type[Model], declared: set[str]) -> bool:
    if getattr(model, "personal_data_retention", ""):
        return True
    return model._meta.label_lower in declared or f"{model._meta.app_label}.*" in declared
