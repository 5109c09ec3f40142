"""What the rooms show below the content of a unit (notes, a question, a rating), and on the page of a path.

    from learning.paths import extras

    @extras.register
    def notes(request, unit, enrolment):
        return {"title": …, "template": "learning/notes/…html", "context": {…}, "order": 20}

Providers are called with the request, the unit (`shown.UnitView`) and the reader's enrolment, None in a
preview, where nothing may be written. They need one query each: the page has fifteen in all. The
template gets the context as `part`, besides `path` and `unit`.

`register_for_path` does the same for the page of a path, between its facts and its units; its providers are
called with the enrolment and the path as its learner sees it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from ..models import Enrolment
from .shown import PathView, UnitView
from .unit_types import UnitType

Provider = Callable[[HttpRequest, UnitView, Enrolment | None], dict[str, Any] | None]
PathProvider = Callable[[Enrolment, PathView], dict[str, Any] | None]
P = TypeVar("P", bound=Callable[..., Any])

_providers: list[Provider] = []
_of_path: list[PathProvider] = []


def register(provider: P) -> P:
    """Decorate `callable(request, unit, enrolment) -> dict(title, template, context, order) | None`.

    Optional: code, the anchor of the part (`#notes`), and styles and scripts, the files that it needs.
    """
    _providers.append(provider)
    return provider


def parts_for(
    request: HttpRequest, unit: UnitView, enrolment: Enrolment | None
) -> list[dict[str, Any]]:
    """Those that have something to show, in their order."""
    given = [part for provider in _providers if (part := provider(request, unit, enrolment))]
    return sorted(given, key=lambda part: part["order"])


def register_for_path(provider: P) -> P:
    """Decorate `callable(enrolment, view) -> dict(title, template, context, code, order) | None`."""
    _of_path.append(provider)
    return provider


def parts_of_path(enrolment: Enrolment, view: PathView) -> list[dict[str, Any]]:
    """Those that have something to show, in their order."""
    given = [part for provider in _of_path if (part := provider(enrolment, view))]
    return sorted(given, key=lambda part: part["order"])


def assets(kind: UnitType | None, parts: list[dict[str, Any]], name: str) -> list[str]:
    """The "styles" or the "scripts" that a type of unit and the parts need, each once."""
    wanted = list(getattr(kind, name, ()))
    for part in parts:
        wanted += part.get(name, ())
    return list(dict.fromkeys(wanted))
