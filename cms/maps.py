"""The map of departments: shapes, frames and where a point falls on it."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .models.territories import Department
from .numbers import figure
from .territories import read_territories

_NUMBER = re.compile(r"-?\d*\.?\d+")
_MARGIN = 6
# In how many tones a map shows numbers.
STEPS = 4


@dataclass
class Shape:
    """One department on the map. `label` is what its link and its entry in the list say."""

    code: str
    name: str
    path: str
    label: str = ""
    url: str = ""
    highlighted: bool = False
    # From 1, the lightest, to STEPS; 0 where nothing is counted.
    tone: int = 0


@dataclass
class DepartmentMap:
    """What `components/department_map.html` draws; `listed` is the same information as text."""

    title: str
    view_box: str
    shapes: list[Shape]
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    description: str = ""
    # (tone, what it stands for), where the map shows numbers.
    legend: list[tuple[int, str]] = field(default_factory=list)

    @property
    def has_links(self) -> bool:
        """With links inside, the drawing is a group for assistive technologies, else one image."""
        return any(shape.url for shape in self.shapes)

    @property
    def dot_radius(self) -> float:
        """The same size on screen whatever the frame: the whole map is 608 units wide."""
        return round(max(map(float, self.view_box.split()[2:])) / 110, 1)

    @property
    def listed(self) -> list[Shape]:
        """Departments that are highlighted, linked or counted, in the order of their codes."""
        return [shape for shape in self.shapes if shape.highlighted or shape.url or shape.tone]


def build_map(
    title: str,
    highlighted: Iterable[str] = (),
    *,
    links: dict[str, str] | None = None,
    labels: dict[str, str] | None = None,
    region: str = "",
    dots: Iterable[tuple[float, float]] = (),
    description: str = "",
    counts: Mapping[str, int] | None = None,
) -> DepartmentMap:
    """A map in one query: `highlighted` holds department codes, unknown ones are left out.

    links: {code: url}; labels: {code: text said after the name}. With `region`, only its departments,
    framed close. dots: points in units of the map, from `project`. counts: {code: how many}, shown by
    tones with their legend.
    """
    codes, links, labels, counts = set(highlighted), links or {}, labels or {}, counts or {}
    departments = Department.objects.exclude(outline="")
    if region:
        departments = departments.filter(region=region)
    starts = _steps(counts)
    shapes = [
        Shape(
            code=code,
            name=name,
            path=outline,
            label=labels.get(code, ""),
            url=links.get(code, ""),
            highlighted=code in codes,
            tone=_tone(counts.get(code, 0), starts),
        )
        for code, name, outline in departments.values_list("code", "name", "outline")
    ]
    drawing = read_territories()["map"]
    return DepartmentMap(
        title=title,
        view_box=_close_view(shapes) if region and shapes else _box(*drawing["viewBox"]),
        shapes=shapes,
        frames=[] if region else [tuple(frame) for frame in drawing["insets"].values()],
        dots=list(dots),
        description=description,
        legend=_legend(counts, starts),
    )


def _steps(counts: Mapping[str, int]) -> list[int]:
    """Where each tone begins: one a number where they are few, else as many departments in each, about."""
    held = sorted(number for number in counts.values() if number > 0)
    if len(set(held)) <= STEPS:
        return sorted(set(held))
    return sorted({held[len(held) * step // STEPS] for step in range(STEPS)})


def _tone(number: int, starts: list[int]) -> int:
    """The darkest tones first: few steps are told apart as well as many."""
    return STEPS - len(starts) + bisect_right(starts, number) if starts and number > 0 else 0


def _legend(counts: Mapping[str, int], starts: list[int]) -> list[tuple[int, str]]:
    """What each tone stands for; nothing where there is one."""
    if len(starts) < 2:
        return []
    found = []
    for start, following in zip(starts, [*starts[1:], math.inf], strict=True):
        last = max(number for number in counts.values() if start <= number < following)
        bounds = {"low": figure(start), "high": figure(last)}
        words = _("%(low)s to %(high)s") % bounds if last > start else bounds["low"]
        found.append((_tone(start, starts), words))
    return found


def project(latitude: float, longitude: float, department: str) -> tuple[float, float] | None:
    """Where a point of a department falls on the map; None for a collectivity that it does not show.

    Lambert 93 for the mainland and Corsica (the five overseas departments: plate carrée, each in
    its frame at its own scale).
    """
    drawing = read_territories()["map"]
    if department in drawing["areas"]:
        area = drawing["areas"][department]
        x = area["ox"] + (longitude - area["lon0"]) * area["coslat"] * area["k"]
        y = area["oy"] + (area["lat1"] - latitude) * area["k"]
    elif len(department) == 2:
        x, y = _lambert93(latitude, longitude, drawing["areas"]["metropole"], drawing["lambert93"])
    else:
        return None
    return round(x, 1), round(y, 1)


def _lambert93(
    latitude: float, longitude: float, area: dict[str, Any], constants: dict[str, float]
) -> tuple[float, float]:
    e, n = constants["e"], constants["n"]
    phi = math.radians(latitude)
    flattening = ((1 - e * math.sin(phi)) / (1 + e * math.sin(phi))) ** (e / 2)
    isometric = math.log(math.tan(math.pi / 4 + phi / 2) * flattening)
    radius = constants["C"] * math.exp(-n * isometric)
    angle = n * math.radians(longitude - constants["lon0"])
    east = constants["Xs"] + radius * math.sin(angle)
    north = constants["Ys"] - radius * math.cos(angle)
    return (east - area["x0"]) * area["k"], (area["y1"] - north) * area["k"]


def _close_view(shapes: list[Shape]) -> str:
    boxes = [bounds(shape.path) for shape in shapes]
    left, top = min(b[0] for b in boxes) - _MARGIN, min(b[1] for b in boxes) - _MARGIN
    right, bottom = max(b[2] for b in boxes) + _MARGIN, max(b[3] for b in boxes) + _MARGIN
    return _box(left, top, right - left, bottom - top)


def _box(*numbers: float) -> str:
    return " ".join(f"{number:.1f}".removesuffix(".0") for number in numbers)


def bounds(path: str) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of an outline made of "M x y l dx dy … z" rings."""
    xs, ys = [], []
    for ring in path.split("M")[1:]:
        start, _, steps = ring.partition("l")
        x, y = map(float, _NUMBER.findall(start))
        numbers = list(map(float, _NUMBER.findall(steps)))
        xs.append(x)
        ys.append(y)
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
