"""Where a path and its units are, for its learner; in a preview, where their preview is."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from cms.addresses import of_each

from .preview import is_preview


def of_path(path: Any) -> str:
    return reverse("learning:path-preview" if is_preview() else "learning:path", args=[path])


def of_units(path: Any) -> Callable[[Any], str]:
    """The address of each unit of a path, from its identity."""
    return of_each("learning:unit-preview" if is_preview() else "learning:unit", path)
