#!/usr/bin/env python3
"""Build cms/data/geo/ from the shared geographic data.

    python scripts/build_geo.py [SHARED_DIR]

Reads SHARED_DIR/data/geo (default: the environment variable SHARED_DIR, else ``shared`` beside the
clone) and writes two files that the same input always reproduces byte for byte. Standard library
only. What the files hold, and where it comes from: cms/data/geo/SOURCES.md.
"""

import csv
import gzip
import io
import json
import math
import os
import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "cms" / "data" / "geo"

# IANA zones: everything else lives on Paris time. Two remarks: the Marquesas and Gambier islands,
# inside 987, keep their own clocks; Clipperton has no zone of its own in the IANA base.
TIME_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
    "989": "Etc/GMT+8",
}
# In units of the map (600 wide): what a reader cannot see at the size we draw it.
TOLERANCE = 1.0
SMALLEST_RING = 1.5  # square units; a smaller islet is a dot
DENSE = {"75", "92", "93", "94"}  # the inner ring of Paris, kept precise: it is 3 units wide
INSETS = {  # code → x, y, width, height of the frame of an overseas map
    "971": (4, 584, 96, 98),
    "972": (126, 584, 96, 98),
    "973": (248, 584, 96, 98),
    "974": (370, 584, 96, 98),
    "976": (492, 584, 96, 98),
}


def main():
    shared = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SHARED_DIR", ROOT.parent / "shared")
    )
    geo = shared / "data" / "geo"
    if not geo.is_dir():
        sys.exit(f"{geo} is missing: give the shared folder as argument or in SHARED_DIR")
    TARGET.mkdir(parents=True, exist_ok=True)
    communes = build_communes(geo)
    write("communes.csv.gz", as_csv(communes))
    write("territories.json.gz", as_json(build_territories(geo, {row[0] for row in communes[1:]})))


def build_communes(geo):
    """Rows: code, name, department, population, lat, lon, point, postcodes (space between), parent."""
    rows = [
        ("code", "name", "department", "population", "lat", "lon", "point", "postcodes", "parent")
    ]
    parents = {"75": "75056", "69": "69123", "13": "13055"}
    for row in read_csv(geo / "communes.csv"):
        lat, lon, point = best_point(row)
        parent = parents[row["departement"]] if row["type"] == "ARM" else ""
        rows.append(
            (
                row["code"],
                row["nom"],
                row["departement"],
                row["population"],
                lat,
                lon,
                point,
                row["codes_postaux"],
                parent,
            )
        )
    return rows


def best_point(row):
    """The town hall where it is known, else the centroid, with a letter that says which."""
    if row["mairie_lat"]:
        return short(row["mairie_lat"]), short(row["mairie_lon"]), "h"
    if not row["lat"]:
        return "", "", ""
    kind = {"ign": "c", "geonames": "g", "parent": "p"}[row["geo_source"]]
    return short(row["lat"]), short(row["lon"]), kind


def short(number):
    """Four decimals: eleven metres, far under what a distance in kilometres shows."""
    return f"{float(number):.4f}".rstrip("0")


def build_territories(geo, commune_codes):
    projection = read_json(geo / "france-departements.projection.json")
    outlines = build_outlines(geo, projection)
    return {
        "regions": [territory(row, commune_codes) for row in read_json(geo / "regions.json")],
        "departments": [
            territory(row, commune_codes)
            | {
                "region": row["region"],
                "time_zone": TIME_ZONES.get(row["code"], "Europe/Paris"),
                "outline": outlines.get(row["code"], ("", None))[0],
                "centre": outlines.get(row["code"], ("", None))[1],
            }
            for row in read_json(geo / "departements.json")
        ],
        "map": {
            "viewBox": projection["_viewBox"],
            "lambert93": projection["_lambert93"],
            "areas": {k: v for k, v in projection.items() if not k.startswith("_")},
            "insets": INSETS,
        },
    }


def territory(row, commune_codes):
    # The source gives the collectivities without a prefecture one of another territory.
    seat = row["chefLieu"]
    own = seat in commune_codes and (row["zone"] != "com" or seat.startswith(row["code"]))
    return {
        "code": row["code"],
        "name": row["nom"],
        "article": row["typeLiaison"],
        "zone": row["zone"],
        "prefecture": seat if own else "",
    }


def build_outlines(geo, projection):
    """{department: (path, [x, y])}: simplified arc by arc, so that neighbours keep one border."""
    topology = read_json(geo / "departements-contours.topojson")
    arcs = decode_arcs(topology)
    fine = arcs_of(DENSE, topology)
    drawn = {}

    def arc(index, code):
        number = index if index >= 0 else ~index
        if number not in drawn:
            area = projection[code if code in projection else "metropole"]
            points = [
                project(lon, lat, area, projection["_lambert93"]) for lon, lat in arcs[number]
            ]
            drawn[number] = points if number in fine else simplify(points, TOLERANCE)
        return drawn[number] if index >= 0 else drawn[number][::-1]

    outlines = {}
    for shape in next(iter(topology["objects"].values()))["geometries"]:
        code = shape["properties"]["code"]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        # Outer rings only: a hole is a commune that the source lacks, or the enclave of a
        # department with a higher code, which is drawn over it.
        rings = [stitch(polygon[0], code, arc) for polygon in polygons]
        rings.sort(key=lambda ring: -abs(surface(ring)))
        kept = [
            ring for n, ring in enumerate(rings) if n == 0 or abs(surface(ring)) >= SMALLEST_RING
        ]
        outlines[code] = ("".join(path(ring) for ring in kept), centre(kept[0]))
    return outlines


def arcs_of(codes, topology):
    """The arcs that border these departments."""
    shapes = next(iter(topology["objects"].values()))["geometries"]
    indexes = flatten([shape["arcs"] for shape in shapes if shape["properties"]["code"] in codes])
    return {index if index >= 0 else ~index for index in indexes}


def flatten(value):
    return [value] if isinstance(value, int) else [leaf for item in value for leaf in flatten(item)]


def decode_arcs(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        decoded.append(points)
    return decoded


def project(lon, lat, area, lambert):
    """Longitude and latitude to the units of the map (the projection file's two formulas)."""
    if area["proj"] == "equirect":
        return (
            area["ox"] + (lon - area["lon0"]) * area["coslat"] * area["k"],
            area["oy"] + (area["lat1"] - lat) * area["k"],
        )
    e, n = lambert["e"], lambert["n"]
    phi = math.radians(lat)
    iso = math.log(
        math.tan(math.pi / 4 + phi / 2)
        * ((1 - e * math.sin(phi)) / (1 + e * math.sin(phi))) ** (e / 2)
    )
    radius = lambert["C"] * math.exp(-n * iso)
    angle = n * math.radians(lon - lambert["lon0"])
    x, y = lambert["Xs"] + radius * math.sin(angle), lambert["Ys"] - radius * math.cos(angle)
    return (x - area["x0"]) * area["k"], (area["y1"] - y) * area["k"]


def simplify(points, tolerance):
    """Douglas–Peucker, without recursion; a closed arc keeps its farthest point too."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, where = 0, None
        for i in range(first + 1, last):
            d = distance(points[i], points[first], points[last])
            if d > far:
                far, where = d, i
        if where is not None and far > tolerance:
            keep.add(where)
            stack += [(first, where), (where, last)]
    return [points[i] for i in sorted(keep)]


def distance(p, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(p, a)
    t = max(0, min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return math.dist(p, (a[0] + t * dx, a[1] + t * dy))


def stitch(ring, code, arc):
    points = []
    for index in ring:
        points += arc(index, code)[1 if points else 0 :]
    return points


def surface(ring):
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2
    )


def centre(ring):
    """Centroid of the largest ring, for a label or a dot."""
    area = surface(ring)
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return [round(x, 1), round(y, 1)]


def path(ring):
    """Relative path with one decimal; rounding happens before subtracting, so borders still meet."""
    grid = []
    for x, y in ring:
        cell = (round(x * 10), round(y * 10))
        if not grid or cell != grid[-1]:
            grid.append(cell)
    if len(grid) > 1 and grid[0] == grid[-1]:
        grid.pop()
    steps = [f"M{tenth(grid[0][0])} {tenth(grid[0][1])}l"]
    text = ""
    for (x0, y0), (x1, y1) in pairwise(grid):
        for value in (tenth(x1 - x0), tenth(y1 - y0)):
            text += value if not text or value.startswith("-") else f" {value}"
    return steps[0] + text + "z"


def tenth(value):
    text = f"{value / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def read_csv(file):
    with file.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def read_json(file):
    return json.loads(file.read_text(encoding="utf-8"))


def as_csv(rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def write(name, text):
    """Compress without name or date in the header: the same content gives the same bytes."""
    data = text.encode()
    packed = gzip.compress(data, compresslevel=9, mtime=0)
    (TARGET / name).write_bytes(packed)
    print(f"{name}: {len(data):,} bytes, {len(packed):,} compressed")


if __name__ == "__main__":
    main()
