#!/usr/bin/env python3
"""Build the tables of newsroom/demo/files/ that count France services by department.

    python scripts/build_demo_tables.py [SHARED_DIR]

From the ANCT's list of 1 August 2024 (Licence Ouverte 2.0) and the official codes of cms/data/geo.
Standard library only.
"""

import csv
import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "newsroom" / "demo" / "files"
SOURCE = "data/places/france-services-2024-08-01.csv"


def main() -> None:
    shared = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SHARED_DIR", ROOT.parent / "shared")
    )
    with (shared / SOURCE).open(encoding="utf-8-sig", newline="") as file:
        counts = Counter(row["insee_dep"] for row in csv.DictReader(file))
    territories = json.loads(
        gzip.decompress((ROOT / "cms/data/geo/territories.json.gz").read_bytes())
    )
    regions = {row["code"]: row["name"] for row in territories["regions"]}
    departments = {row["code"]: row for row in territories["departments"]}
    rows = [(departments[code], number) for code, number in sorted(counts.items())]
    write(
        "france-services-par-departement.csv",
        ["code", "departement", "lieux"],
        [[row["code"], row["name"], number] for row, number in rows],
    )
    write(
        "france-services-par-departement-v2.csv",
        ["code", "departement", "region", "lieux"],
        [
            *[[row["code"], row["name"], regions[row["region"]], number] for row, number in rows],
            ["", "Ensemble", "", sum(counts.values())],
        ],
    )


def write(name: str, heading: list[str], rows: list[list[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([heading, *rows])


if __name__ == "__main__":
    main()
