"""Make ``drawing/france.json`` from a detailed map of the departments.

``python scripts/simplify_outline.py departments.svg`` reads one path per department with
a ``data-code`` attribute. Neighbours keep the same points along their common border, the
gaps that communes missing from the source leave inside the country are closed, and small
islands are dropped.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]
Rings = dict[str, list[Ring]]

TARGET = Path(__file__).resolve().parent / "drawing" / "france.json"
SOURCE = (
    "Departments of mainland France and Corsica, IGN and INSEE through"
    " @etalab/decoupage-administratif 6.0.0 (Licence Ouverte 2.0), simplified"
)
TOLERANCE = 1.6
SMALLEST = 18


def clean(ring: Ring) -> Ring:
    """Drop repeated points, the closing one included."""
    out = [p for p, before in zip(ring, ring[-1:] + ring[:-1], strict=True) if p != before]
    return out or ring[:1]


def read(svg: str) -> Rings:
    """Return the rings of each department of mainland France and Corsica."""
    found: Rings = {}
    for code, data in re.findall(r'data-code="(\w{2})" d="([^"]+)"', svg):
        parts = [re.findall(r"(-?[\d.]+),(-?[\d.]+)", part) for part in data.split("Z")]
        found[code] = [clean([(float(x), float(y)) for x, y in p]) for p in parts if len(p) > 2]
    return found


def area(ring: Ring) -> float:
    """Return the signed area."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def outer_loops(rings: Rings) -> list[Ring]:
    """Chain the edges that have no neighbour: coasts, frontiers, and gaps."""
    edges = {
        edge
        for group in rings.values()
        for ring in group
        for edge in zip(ring, ring[1:] + ring[:1], strict=True)
    }
    free = {(a, b) for a, b in edges if (b, a) not in edges}
    onward = defaultdict(list)
    for a, b in sorted(free):
        onward[a].append(b)
    loops = []
    while free:
        start, here = min(free)
        free.discard((start, here))
        loop = [start]
        while here != start:
            loop.append(here)
            step = next((p for p in onward[here] if (here, p) in free), None)
            if step is None:
                break
            free.discard((here, step))
            here = step
        loops.append(loop)
    return loops


def close_gaps(rings: Rings) -> Rings:
    """Draw each gap inside the country together, to its middle."""
    loops = outer_loops(rings)
    outside = area(max(loops, key=lambda loop: abs(area(loop))))
    moved: dict[Point, Point] = {}
    for loop in loops:
        if area(loop) * outside < 0:
            middle = (
                round(sum(x for x, _ in loop) / len(loop), 1),
                round(sum(y for _, y in loop) / len(loop), 1),
            )
            moved.update(dict.fromkeys(loop, middle))
    return {
        code: [clean([moved.get(p, p) for p in ring]) for ring in group]
        for code, group in rings.items()
    }


def thin(points: Ring) -> Ring:
    """Douglas-Peucker."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def offset(i: int) -> float:
        x, y = points[i]
        if not length:
            return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
        return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length

    far = max(range(1, len(points) - 1), key=offset)
    if offset(far) <= TOLERANCE:
        return [points[0], points[-1]]
    return thin(points[: far + 1])[:-1] + thin(points[far:])


def simplify(ring: Ring, owners: dict[Point, set[tuple[str, int]]]) -> Ring:
    """Thin each stretch between two meeting points, the same way for both neighbours."""
    n = len(ring)
    sets = [owners[p] for p in ring]
    meeting = [
        i
        for i in range(n)
        if any(sets[i] != sets[j] and len(sets[i]) >= len(sets[j]) for j in (i - 1, (i + 1) % n))
    ]
    if len(meeting) < 2:
        x, y = ring[0]
        far = max(range(n), key=lambda i: (ring[i][0] - x) ** 2 + (ring[i][1] - y) ** 2)
        meeting = sorted({0, far})
    out: Ring = []
    for a, b in zip(meeting, [*meeting[1:], meeting[0] + n], strict=True):
        arc = [ring[i % n] for i in range(a, b + 1)]
        out += (thin(arc[::-1])[::-1] if arc[0] > arc[-1] else thin(arc))[:-1]
    return out


def main() -> None:
    rings = close_gaps(read(Path(sys.argv[1]).read_text()))
    owners = defaultdict(set)
    for code, group in rings.items():
        for i, ring in enumerate(group):
            for p in ring:
                owners[p].add((code, i))
    result = {}
    for code, group in sorted(rings.items()):
        largest = max(abs(area(ring)) for ring in group)
        kept = [ring for ring in group if abs(area(ring)) >= min(SMALLEST, largest)]
        thinned = [simplify(ring, owners) for ring in kept]
        result[code] = [ring for ring in thinned if len(ring) > 2]
    text = json.dumps({"source": SOURCE, "departments": result}, separators=(",", ":"))
    TARGET.write_text(text + "\n")


if __name__ == "__main__":
    main()
