"""What the rooms of training show on "Mes formations", without it knowing them.

A panel is a part of the page with its own title; a `ToDo` is one line of the list "To do", and an
action is a button beside the next session. Providers are called with the request and should need one
query each, at most two: the page has fifteen in all. What most people have none of is asked for once, for
all rooms (`learning.steering.holdings`).

    from learning.steering import panels

    @panels.register
    def to_answer(request):
        return {"title": …, "template": "learning/evaluations/…html", "context": {…}, "order": 40}
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

from ..models import Registration

ASIDE = "aside"
# Above everything, without a title of its own; and first in the side column, framed.
LEAD, FIRST = "lead", "first"


@dataclass(frozen=True)
class ToDo:
    """One thing that awaits this person. `until`: by when, which also orders the list."""

    title: str
    label: str
    url: str
    text: str = ""
    until: dt.datetime | None = None
    order: int = 50


@dataclass(frozen=True)
class Action:
    """A button beside the next session: sign presence, open the remote room."""

    label: str
    url: str
    icon: str = ""
    order: int = 50


# Optional: place ("aside" puts it in the side column, "first" before what is there, "lead" above all).
PanelProvider = Callable[[HttpRequest], dict[str, Any] | None]
ToDoProvider = Callable[[HttpRequest], Iterable[ToDo]]
ActionProvider = Callable[[HttpRequest, Registration], Iterable[Action]]
# (label, value) of this year, in words.
FigureProvider = Callable[[HttpRequest], Iterable[tuple[str, str]]]
P = TypeVar("P", bound=Callable[..., Any])

_panels: list[PanelProvider] = []
_to_do: list[ToDoProvider] = []
_actions: list[ActionProvider] = []
_figures: list[FigureProvider] = []


def register(provider: P) -> P:
    """Decorate `callable(request) -> dict(title, template, context, order) | None`.

    The template reads its context as `panel`.
    """
    _panels.append(provider)
    return provider


def register_to_do(provider: P) -> P:
    """Decorate `callable(request) -> iterable of ToDo`."""
    _to_do.append(provider)
    return provider


def register_action(provider: P) -> P:
    """Decorate `callable(request, registration) -> iterable of Action`, for the next session.

    registration: confirmed, with its session, module, commune and dates.
    """
    _actions.append(provider)
    return provider


def register_figure(provider: P) -> P:
    """Decorate `callable(request) -> iterable of (label, value)`, shown under "This year"."""
    _figures.append(provider)
    return provider


@dataclass
class Panels:
    main: list[dict[str, Any]]
    aside: list[dict[str, Any]]
    lead: list[dict[str, Any]]
    first: list[dict[str, Any]]

    @property
    def has_lead(self) -> bool:
        """Whether something stands above the next session."""
        return any(not panel["context"].get("quiet") for panel in self.lead)


def panels_for(request: HttpRequest) -> Panels:
    """Those that have something to say, in their order."""
    given = [panel for provider in _panels if (panel := provider(request))]
    given.sort(key=lambda panel: panel["order"])
    by_place: dict[str, list[dict[str, Any]]] = {"": [], ASIDE: [], LEAD: [], FIRST: []}
    for panel in given:
        by_place[panel.get("place", "")].append(panel)
    return Panels(*by_place.values())


def figures_for(request: HttpRequest) -> list[tuple[str, str]]:
    return [pair for provider in _figures for pair in provider(request)]


def to_do_for(request: HttpRequest) -> list[ToDo]:
    """What has a time limit first, the nearest before."""
    given = [item for provider in _to_do for item in provider(request)]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(given, key=lambda item: (item.until is None, item.until or far, item.order))


def actions_for(request: HttpRequest, registration: Registration | None) -> list[Action]:
    if registration is None:
        return []
    given = [item for provider in _actions for item in provider(request, registration)]
    return sorted(given, key=lambda item: item.order)
