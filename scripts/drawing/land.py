"""Sky, hills, mountains, roads, trees."""

import math
from collections.abc import Sequence

from .palette import (
    ACCENT,
    DEEP,
    HAZE,
    HILL,
    HILL_DARK,
    PAPER,
    ROAD,
    SKY,
    SOFT,
    SUN,
    WOOD,
    mix,
)
from .svg import Point, circle, curve, ellipse, group, line, num, path, poly, rect, smooth

W, H = 1600, 900


def sky(colour: str = SKY) -> str:
    return rect(0, 0, W, H, colour)


def sun(x: float, y: float, r: float = 105, colour: str = SUN) -> str:
    return circle(x, y, r, colour)


def cloud(x: float, y: float, s: float = 1, colour: str = PAPER) -> str:
    return group(
        rect(-110, -22, 220, 44, colour, 22),
        circle(-30, -30, 44, colour),
        circle(34, -22, 34, colour),
        x=x,
        y=y,
        s=s,
    )


def birds(x: float, y: float, s: float = 1, colour: str = ACCENT) -> str:
    marks = [(0, 0), (58, 26), (96, -8)]
    return group(
        *[
            curve(
                f"M{a - 17},{b - 5}Q{a - 8},{b - 15} {a},{b}Q{a + 8},{b - 15} {a + 17},{b - 5}",
                colour,
                5,
            )
            for a, b in marks
        ],
        x=x,
        y=y,
        s=s,
    )


def hill(points: Sequence[Point], colour: str) -> str:
    """Land under a soft ridge, down to the bottom of the picture."""
    return path(f"{smooth(points)}L{num(points[-1][0])},{H}L{num(points[0][0])},{H}Z", colour)


def ranges(base: float = 420) -> str:
    """Two far ranges, the usual horizon."""
    return hill(
        [
            (-40, base + 40),
            (260, base - 50),
            (560, base + 10),
            (900, base - 20),
            (1230, base - 110),
            (1640, base + 50),
        ],
        HAZE,
    ) + hill(
        [
            (-40, base + 90),
            (320, base + 30),
            (760, base + 90),
            (1200, base + 40),
            (1640, base + 110),
        ],
        HILL,
    )


def mountain(x: float, y: float, w: float, h: float, colour: str, snow: str = PAPER) -> str:
    """A peak with its snow, foot at ``y``."""
    top = y - h
    return poly([(x - w / 2, y), (x, top), (x + w / 2, y)], colour) + poly(
        [
            (x, top),
            (x + w * 0.14, top + h * 0.28),
            (x + w * 0.05, top + h * 0.23),
            (x - w * 0.02, top + h * 0.34),
            (x - w * 0.07, top + h * 0.22),
            (x - w * 0.14, top + h * 0.28),
        ],
        snow,
    )


def road(points: Sequence[tuple[float, float, float]], colour: str = ROAD) -> str:
    """A road through (x, y, width), widening as it comes near."""
    left, right = [], []
    for i, (x, y, w) in enumerate(points):
        a, b = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
        nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length
        # seen from a hillside, a road that crosses the picture looks thinner
        w = w * (1 - 0.45 * abs(ny))
        left.append((x + nx * w / 2, y + ny * w / 2))
        right.append((x - nx * w / 2, y - ny * w / 2))
    return path(smooth(left) + smooth(right[::-1], "L") + "Z", colour)


def tree(x: float, y: float, s: float = 1, colour: str = HILL_DARK, trunk: str = WOOD) -> str:
    """A round tree, foot at (x, y), about 150 high."""
    return group(
        line([(0, 0), (0, -70)], trunk, 10, "butt"),
        line([(0, -46), (22, -72)], trunk, 7),
        ellipse(0, -100, 46, 54, colour),
        path(
            "M0,-154C26,-154 46,-130 46,-100C46,-70 26,-46 0,-46C24,-66 26,-130 0,-154Z",
            mix(colour, DEEP, 0.22),
        ),
        x=x,
        y=y,
        s=s,
    )


def poplar(x: float, y: float, s: float = 1, colour: str = HILL_DARK) -> str:
    return group(
        rect(-4, -30, 8, 30, WOOD),
        path("M0,-190C24,-150 28,-70 0,-18C-28,-70 -24,-150 0,-190Z", colour),
        path("M0,-190C24,-150 28,-70 0,-18C10,-70 10,-150 0,-190Z", mix(colour, DEEP, 0.22)),
        x=x,
        y=y,
        s=s,
    )


def pine(x: float, y: float, s: float = 1, colour: str = ACCENT) -> str:
    dark = mix(colour, DEEP, 0.6)
    tiers = [(-20, 56), (-70, 46), (-116, 34)]
    shapes = [rect(-6, -24, 12, 24, WOOD)]
    for foot, half in tiers:
        shapes.append(poly([(-half, foot), (0, foot - 86), (half, foot)], colour))
        shapes.append(poly([(0, foot), (0, foot - 86), (half, foot)], dark))
    return group(*shapes, x=x, y=y, s=s)


def bush(x: float, y: float, s: float = 1, colour: str = HILL_DARK) -> str:
    return group(
        path("M-60,0C-64,-40 -26,-54 -12,-38C-4,-66 46,-60 46,-26C66,-26 68,0 60,0Z", colour),
        x=x,
        y=y,
        s=s,
    )


def rows(x: float, y: float, w: float, h: float, n: int, colour: str, slant: float = 60) -> str:
    """A field in rows that run away from us, its near edge at ``y``."""
    out = []
    for i in range(n):
        near = x + w * i / (n - 1)
        far = x + slant + w * 0.18 + w * 0.64 * i / (n - 1)
        out.append(
            curve(
                f"M{num(near)},{num(y)}Q{num((near + far) / 2)},{num(y - h * 0.35)} "
                f"{num(far)},{num(y - h)}",
                colour,
                7,
            )
        )
    return "".join(out)


def grass(spots: Sequence[Point], colour: str, s: float = 1) -> str:
    """Tufts, to give scale to a plain foreground."""
    return "".join(
        group(curve("M-10,0Q-10,-12 -16,-20M0,0V-26M10,0Q10,-12 16,-20", colour, 4), x=x, y=y, s=s)
        for x, y in spots
    )


def river(points: Sequence[tuple[float, float, float]]) -> str:
    return road(points, SOFT)
