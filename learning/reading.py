"""What the pages of the catalogue read."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import CataloguePage, TrainingModulePage


def catalogue_context(page: "CataloguePage", request: HttpRequest) -> dict[str, Any]:
    return {}


def module_context(page: "TrainingModulePage", request: HttpRequest) -> dict[str, Any]:
    return {}
