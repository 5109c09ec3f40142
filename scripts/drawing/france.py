"""The map of France as a motif, from a simplified outline kept beside this file."""

import json
import math
from functools import cache
from pathlib import Path

from .svg import Point, num, poly

DATA = Path(__file__).with_name("france.json")


@cache
def departments() -> dict[str, list[list[Point]]]:
    """Return code → rings, mainland and Corsica, in a box 0–600 by 0–590."""
    raw = json.loads(DATA.read_text())["departments"]
    return {code: [[tuple(p) for p in ring] for ring in rings] for code, rings in raw.items()}


def _inside(x: float, y: float, ring: list[Point]) -> bool:
    found = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def department_at(x: float, y: float) -> str | None:
    """Return the code of the department under a point of the map."""
    return next(
        (code for code, rings in departments().items() if any(_inside(x, y, r) for r in rings)),
        None,
    )


@cache
def dots(step: float = 22.0) -> tuple[Point, ...]:
    """Evenly spread points inside France: a sunflower-like lattice, always the same."""
    found = []
    row_height = step * math.sqrt(3) / 2
    for j in range(int(620 / row_height) + 1):
        for i in range(int(620 / step) + 1):
            # a small, repeatable displacement keeps the lattice from looking mechanical
            wobble = math.sin(i * 12.9898 + j * 78.233) * 43758.5453
            dx, dy = (wobble % 1 - 0.5) * step * 0.34, (wobble * 7 % 1 - 0.5) * step * 0.34
            x, y = i * step + (j % 2) * step / 2 + dx, j * row_height + dy
            if department_at(x, y):
                found.append((round(x, 1), round(y, 1)))
    return tuple(found)


def outline(codes: tuple[str, ...] = ()) -> str:
    """Path data of the given departments, or of all of them."""
    parts = []
    for code, rings in departments().items():
        if not codes or code in codes:
            for ring in rings:
                start, *rest = ring
                parts.append(
                    f"M{num(start[0])},{num(start[1])}L"
                    + " ".join(f"{num(x)},{num(y)}" for x, y in rest)
                    + "Z"
                )
    return "".join(parts)


def country(fill: str, seam: str = "", width: float = 1) -> str:
    """The whole country; ``seam`` shows the borders of departments."""
    stroke = seam or fill
    return (
        f'<path d="{outline()}" fill="{fill}" stroke="{stroke}" stroke-width="{num(width)}"'
        ' stroke-linejoin="round"/>'
    )


def some(codes: tuple[str, ...], fill: str) -> str:
    return "".join(poly(r, fill) for code in codes for r in departments()[code])
