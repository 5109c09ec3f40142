"""Near whom: the place that a reader names, and how far it is."""

import math
import re
from dataclasses import dataclass, field

from cms.models import Commune
from cms.places import communes_by_postcode, communes_named

EARTH_KM = 6371.0
POSTCODE = re.compile(r"\d{5}")


@dataclass
class Near:
    """A place that was asked for. `others`: communes of the same name, to choose from."""

    asked: str
    commune: Commune | None = None
    others: list[Commune] = field(default_factory=list)


def find_near(asked: str, code: str = "") -> Near:
    """The commune of a name or postcode; with its INSEE code, that one."""
    asked = asked.strip()
    if code:
        commune = Commune.objects.select_related("department").filter(code=code).first()
        if commune is not None:
            return Near(asked or commune.name, commune)
    if not asked:
        return Near("")
    plain = re.sub(r"\s", "", asked)
    found = communes_by_postcode(plain) if POSTCODE.fullmatch(plain) else communes_named(asked)
    with_point = [commune for commune in found if commune.latitude is not None]
    return Near(asked, next(iter(with_point), None), with_point[1:6])


def kilometres(one: Commune | None, other: Commune | None) -> float | None:
    """As the crow flies between two communes; None when one has no point."""
    if one is None or other is None or None in (one.latitude, other.latitude):
        return None
    lat1, lon1 = math.radians(one.latitude), math.radians(one.longitude)
    lat2, lon2 = math.radians(other.latitude), math.radians(other.longitude)
    a = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(a))
