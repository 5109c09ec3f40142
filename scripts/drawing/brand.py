"""Logo, icons and the motif of the map."""

from . import france
from .palette import ACCENT, PAPER, WARM
from .svg import num

HOUSE = "M24 3 L45 21 V45 H33 V27.5 H15 V45 H3 V21 Z"


def logo() -> str:
    """The house and its warm dot; ``currentColor`` reaches it only when inlined."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">'
        f'<path d="{HOUSE}" fill="{ACCENT}"/><circle cx="24" cy="20" r="4.6" fill="{WARM}"/>'
        "</svg>\n"
    )


def favicon() -> str:
    """The same, readable on a dark tab too."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f"<style>path{{fill:{ACCENT}}}circle{{fill:{WARM}}}"
        "@media (prefers-color-scheme:dark){path{fill:#83d1d8}circle{fill:#f2a37c}}</style>"
        f'<path d="{HOUSE}"/><circle cx="24" cy="20" r="4.8"/></svg>\n'
    )


def touch_icon() -> str:
    """Opaque, with the margin that phones crop."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
        f'<rect width="48" height="48" fill="{PAPER}"/>'
        f'<g transform="translate(8.4 7.6) scale(.65)"><path d="{HOUSE}" fill="{ACCENT}"/>'
        f'<circle cx="24" cy="20" r="4.6" fill="{WARM}"/></g></svg>\n'
    )


def _relative(points: list[tuple[float, float]], start: tuple[int, int]) -> str:
    """Whole-number steps from ``start``: the shortest way to write an outline."""
    out, (x, y) = [], start
    for px, py in points:
        nx, ny = round(px), round(py)
        if (nx, ny) != (x, y):
            out.append(f"{nx - x}{'' if ny < y else ' '}{ny - y}")
        x, y = nx, ny
    return "".join(part if i == 0 or part[0] == "-" else " " + part for i, part in enumerate(out))


def _land() -> str:
    parts = []
    for rings in france.departments().values():
        for (x, y), *rest in rings:
            start = (round(x), round(y))
            parts.append(f"M{start[0]} {start[1]}l{_relative(rest, start)}z")
    return "".join(parts)


def map_dots(attributes: str) -> str:
    """The dotted map, in the colour of the text around it.

    ``.map-dots__land`` and ``.map-dots__points`` are there for the style sheet.
    """
    points = "".join(f"M{num(round(x))} {num(round(y))}h0" for x, y in france.dots(16.9))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="4 -6 604 572" {attributes}>'
        f'<path class="map-dots__land" d="{_land()}" fill="currentColor" fill-opacity=".14"'
        ' stroke="currentColor" stroke-opacity=".1"/>'
        f'<path class="map-dots__points" d="{points}" fill="none" stroke="currentColor"'
        ' stroke-width="4.6" stroke-linecap="round"/></svg>\n'
    )
