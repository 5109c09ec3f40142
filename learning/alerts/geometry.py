"""A circle on the Earth as a box in degrees, which a database compares with four numbers."""

import math
from dataclasses import dataclass

from ..places import EARTH_KM


@dataclass(frozen=True)
class Box:
    south: float
    north: float
    west: float
    east: float


def box_around(latitude: float, longitude: float, km: float) -> Box:
    """The smallest box that holds all points within so many kilometres."""
    angle = km / EARTH_KM
    height = math.degrees(angle)
    # The circle is widest a little nearer to the pole than its centre.
    ratio = min(math.sin(angle) / math.cos(math.radians(latitude)), 1.0)
    width = math.degrees(math.asin(ratio))
    return Box(latitude - height, latitude + height, longitude - width, longitude + width)
