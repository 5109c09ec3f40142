"""What an operator's page gets of training: its editors write under it, its readers find it there."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms import registry

from ..kinds import ModuleKind
from ..models import TrainingModulePage
from ..queries import with_coming
from . import demo  # noqa: F401

SHOWN = 24


@registry.operator_pages.provide("learning")
def pages() -> Iterable[type[TrainingModulePage]]:
    return [TrainingModulePage]


@registry.operator_sections.provide("learning")
def section(operator: Any, request: HttpRequest) -> dict[str, Any] | None:
    """The trainings of this operator, by kind."""
    found = (
        TrainingModulePage.objects.visible_to(request.user)
        .filter(operator=operator)
        .exclude(kind=TrainingModulePage.Kind.NATIONAL)
    )
    modules = list(with_coming(found).order_by("order", "title", "pk")[:SHOWN])
    if not modules:
        return None
    modules.sort(key=lambda page: ModuleKind.values.index(page.kind))
    return {
        "title": _("Its trainings, for the agents of the network"),
        "id": "formations",
        "template": "learning/operator_trainings/section.html",
        "context": {"modules": modules},
        "order": 10,
    }
