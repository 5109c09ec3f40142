"""Small SVG vocabulary: each function returns markup, points are (x, y) pairs."""

from collections.abc import Iterable, Sequence

Point = tuple[float, float]


def num(value: float) -> str:
    """Format a coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{num(x)},{num(y)}" for x, y in points)


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    rounded = f' rx="{num(r)}"' if r else ""
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"'
        f'{rounded} fill="{fill}"/>'
    )


def circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"/>'


def ring(x: float, y: float, r: float, stroke: str, width: float, fill: str = "none") -> str:
    return (
        f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(r)}" fill="{fill}"'
        f' stroke="{stroke}" stroke-width="{num(width)}"/>'
    )


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{num(rx)}" ry="{num(ry)}" fill="{fill}"/>'


def poly(points: Sequence[Point], fill: str) -> str:
    return f'<polygon points="{_points(points)}" fill="{fill}"/>'


def path(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def line(points: Sequence[Point], stroke: str, width: float, cap: str = "round") -> str:
    """A stroked polyline, round-jointed."""
    return (
        f'<polyline points="{_points(points)}" fill="none" stroke="{stroke}"'
        f' stroke-width="{num(width)}" stroke-linecap="{cap}" stroke-linejoin="round"/>'
    )


def curve(d: str, stroke: str, width: float, cap: str = "round", dash: str = "") -> str:
    """A stroked path."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{num(width)}"'
        f' stroke-linecap="{cap}" stroke-linejoin="round"{dashed}/>'
    )


def group(
    *items: str, x: float = 0, y: float = 0, s: float = 1, flip: bool = False, turn: float = 0
) -> str:
    """Move, turn (degrees), scale and mirror what is drawn around the origin."""
    steps = [f"translate({num(x)} {num(y)})"]
    if turn:
        steps.append(f"rotate({num(turn)})")
    if flip or s != 1:
        sx = -s if flip else s
        steps.append(f"scale({sx:.3g} {s:.3g})")
    return f'<g transform="{" ".join(steps)}">{"".join(items)}</g>'


def smooth(points: Sequence[Point], start: str = "M") -> str:
    """Path data of a Catmull-Rom curve through the points."""
    pts = [points[0], *points, points[-1]]
    d = f"{start}{num(points[0][0])},{num(points[0][1])}"
    for before, a, b, after in zip(pts, pts[1:], pts[2:], pts[3:], strict=False):
        c1 = (a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6)
        c2 = (b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6)
        d += "C" + _points([c1, c2, b])
    return d
