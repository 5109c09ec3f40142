"""The professional space: the four doors of the network, and what awaits this person.

Doors and panels come from `cms.registry.pro_doors` and `pro_panels`: an app adds its own, and a
door appears with its first entry (docs/professional-space.md).
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms import registry
from cms.request_scope import remember

ASIDE = "aside"


@dataclass(frozen=True)
class DoorKind:
    """One of the four uses around which the network's platform was designed."""

    code: str
    slug: str
    label: Promise
    text: Promise
    icon: str


KINDS = (
    DoorKind("exchange", "echanger", _("Exchange"), _("Ask, answer, show what you do."), "users"),
    DoorKind(
        "inform", "s-informer", _("Be informed"), _("What changes, and what to keep."), "book-open"
    ),
    DoorKind(
        "learn", "se-former", _("Learn"), _("At your own pace or together."), "graduation-cap"
    ),
    DoorKind(
        "activity",
        "gerer-mon-activite",
        _("Manage my activity"),
        _("The sheet of the Maison, its figures, its people."),
        "house",
    ),
)


@dataclass
class Door:
    """A door with what this person may open behind it."""

    kind: DoorKind
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("pro:door", args=[self.kind.slug])


class UnknownDoor(ValueError):
    """A provider names a door that the network does not have: surely a spelling mistake."""


def doors(request: HttpRequest) -> list[Door]:
    """The doors that hold something for this person, in the network's order.

    Raises UnknownDoor when a provider names another one.
    """

    def load() -> list[Door]:
        found = {kind.code: Door(kind) for kind in KINDS}
        for provider in registry.pro_doors:
            for entry in provider(request):
                if entry["door"] not in found:
                    raise UnknownDoor(f"No such door: {entry['door']!r}")
                found[entry["door"]].entries.append(entry)
        for door in found.values():
            door.entries.sort(key=lambda entry: entry["order"])
        return [door for door in found.values() if door.entries]

    return remember(("pro-doors", getattr(request.user, "pk", None)), load)


@dataclass
class Space:
    """What the front page of the professional space shows.

    action: the one main action of the screen, that of the first panel which has one.
    """

    action: dict[str, Any] | None
    panels: list[dict[str, Any]]
    aside: list[dict[str, Any]]


def space(request: HttpRequest) -> Space:
    """Panels in their order; those without anything to say have stayed away."""
    given = (provider(request) for provider in registry.pro_panels)
    panels = sorted((panel for panel in given if panel), key=lambda panel: panel["order"])
    action = next((panel["action"] for panel in panels if panel.get("action")), None)
    shown = [panel for panel in panels if panel.get("template")]
    return Space(
        action=action,
        panels=[panel for panel in shown if panel.get("place") != ASIDE],
        aside=[panel for panel in shown if panel.get("place") == ASIDE],
    )
