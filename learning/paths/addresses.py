"""Where a path and its units are, for its learner; in a preview, where their preview is."""

import uuid as uuids
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from .preview import is_preview

NOBODY = uuids.UUID(int=0)


def of_path(path: Any) -> str:
    return reverse("learning:path-preview" if is_preview() else "learning:path", args=[path])


def of_unit(path: Any, unit: Any) -> str:
    name = "learning:unit-preview" if is_preview() else "learning:unit"
    return reverse(name, args=[path, unit])


def of_units(path: Any) -> Callable[[str], str]:
    """The address of each unit of a path, from its identity: what they share is looked up once."""
    before, _unit, after = of_unit(path, NOBODY).rpartition(str(NOBODY))
    return lambda unit: f"{before}{unit}{after}"
