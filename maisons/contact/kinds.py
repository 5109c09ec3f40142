"""The subjects about which people write. Apps add theirs to `cms.registry.contact_kinds`."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms import registry

from ..models.contact import Desk


@dataclass(frozen=True)
class Kind:
    """A subject. `desk` answers first; where nobody is there, the next one does.

    `wants_phone`: a number is asked for. `listed`: offered on the page /contact/, in `order`.
    """

    code: str
    label: str | Promise
    desk: Desk
    hint: str | Promise = ""
    wants_phone: bool = False
    listed: bool = False
    order: int = 100


def find(code: str) -> Kind | None:
    return registry.contact_kinds.get(code)


def label_of(code: str) -> str:
    """What to call it, even when the app that declared it is gone."""
    kind = find(code)
    return str(kind.label) if kind else code


def listed() -> list[Kind]:
    return sorted((kind for kind in registry.contact_kinds if kind.listed), key=lambda k: k.order)


for _kind in (
    Kind(
        "maison",
        _("A Maison: its services, its hours, an appointment"),
        Desk.MAISON,
        hint=_("The Maison answers you."),
        listed=True,
        order=10,
    ),
    Kind(
        "project",
        _("Create a Maison, or change one"),
        Desk.DEPARTMENT,
        hint=_("The prefecture referent of your department answers you."),
        listed=True,
        order=20,
    ),
    Kind(
        "call-back",
        _("Be called back about a Maison project"),
        Desk.DEPARTMENT,
        hint=_("The prefecture referent of your department calls you."),
        wants_phone=True,
        listed=True,
        order=30,
    ),
    Kind(
        "network",
        _("The national network, a partnership, the press"),
        Desk.NATIONAL,
        hint=_("The national team answers you."),
        listed=True,
        order=40,
    ),
    Kind(
        "accessibility",
        _("Something on this site that I cannot reach or use"),
        Desk.NATIONAL,
        hint=_("The national team answers within a week."),
        listed=True,
        order=50,
    ),
    Kind(
        "personal-data",
        _("My personal data"),
        Desk.NATIONAL,
        hint=_("The national team answers within a month, as the law asks."),
        listed=True,
        order=60,
    ),
    Kind(
        "site",
        _("The site: a mistake, an address that does not work"),
        Desk.NATIONAL,
        hint=_("The national team answers you."),
        listed=True,
        order=70,
    ),
    Kind("initiative", _("An initiative of a Maison"), Desk.MAISON),
):
    registry.contact_kinds.register(_kind.code, _kind)
