"""Loading the territories from the files of `cms/data/geo/`."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from .models.territories import Commune, CommunePostcode, Department, ReferenceData, Region
from .places import normalise_place_name

DATA = Path(__file__).resolve().parent / "data" / "geo"
FILES = ("territories.json.gz", "communes.csv.gz")
NAME = "territories"
# On SQLite no transaction may hold the write lock for long: one batch takes a fraction of a second.
BATCH = 4000


def load_territories(force: bool = False) -> dict[str, int]:
    """Bring the tables to what the files hold; return the rows written by table.

    Does nothing when they already come from these files, unless forced. Commits by batches: a
    reader may meet new rows beside old ones, never a broken reference. A commune that the files no
    longer hold stays, since something may stand in it.
    """
    version = data_version()
    if not force and ReferenceData.objects.filter(name=NAME, version=version).exists():
        return {}
    data = read_territories()
    rows = read_communes()
    cities = (row for row in rows if not row["parent"])
    districts = (row for row in rows if row["parent"])
    written = {
        "regions": _save(Region, map(_region, data["regions"])),
        "departments": _save(
            Department, (_department(row, data["map"]) for row in data["departments"])
        ),
        "communes": _save(Commune, map(_commune, cities))
        + _save(Commune, map(_commune, districts)),
        "postcodes": _save_postcodes(rows),
    }
    ReferenceData.objects.update_or_create(name=NAME, defaults={"version": version})
    return written


@cache
def read_territories() -> dict[str, Any]:
    """Regions, departments and the projection of the map, as `scripts/build_geo.py` wrote them."""
    return json.loads(gzip.decompress((DATA / "territories.json.gz").read_bytes()))


def read_communes() -> list[dict[str, str]]:
    text = gzip.decompress((DATA / "communes.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


def data_version() -> str:
    """A fingerprint of the files and of the way names are normalised."""
    digest = hashlib.sha256(normalise_place_name("Saint-Œ, s/s L’É").encode())
    for name in FILES:
        digest.update((DATA / name).read_bytes())
    return digest.hexdigest()


def _region(row: dict[str, Any]) -> dict[str, Any]:
    return {"code": row["code"], "name": row["name"], "name_type": str(row["article"])}


def _department(row: dict[str, Any], drawing: dict[str, Any]) -> dict[str, Any]:
    x, y = row["centre"] or (None, None)
    return _region(row) | {
        "region_id": row["region"],
        "prefecture_code": row["prefecture"],
        "time_zone": row["time_zone"],
        "outline": row["outline"],
        "centre_x": x,
        "centre_y": y,
        "inset": row["code"] in drawing["insets"],
    }


def _commune(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "normalised_name": normalise_place_name(row["name"]),
        "department_id": row["department"],
        "parent_id": row["parent"] or None,
        "population": int(row["population"]) if row["population"] else None,
        "latitude": float(row["lat"]) if row["lat"] else None,
        "longitude": float(row["lon"]) if row["lon"] else None,
        "point": row["point"],
    }


def _save(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Insert or update by primary key, in committed batches.

    One prepared statement for all rows: `bulk_create` takes ten times as long on SQLite, where it
    sends a new statement for each hundred rows.
    """
    columns = [field.column for field in model._meta.concrete_fields]
    names = [field.attname for field in model._meta.concrete_fields]
    key, quote = model._meta.pk.column, connection.ops.quote_name
    updates = ", ".join(f"{quote(c)} = excluded.{quote(c)}" for c in columns if c != key)
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT ({quote(key)}) DO UPDATE SET {updates}"
    )
    count = 0
    for batch in _batches([row[name] for name in names] for row in rows):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, batch)
        count += len(batch)
    return count


def _save_postcodes(rows: list[dict[str, str]]) -> int:
    wanted = {(row["code"], postcode) for row in rows for postcode in row["postcodes"].split()}
    held = dict.fromkeys(CommunePostcode.objects.values_list("commune_id", "postcode"))
    with transaction.atomic():
        for commune, postcode in held.keys() - wanted:
            CommunePostcode.objects.filter(commune_id=commune, postcode=postcode).delete()
    missing = sorted(wanted - held.keys())
    for batch in _batches(CommunePostcode(commune_id=c, postcode=p) for c, p in missing):
        with transaction.atomic():
            CommunePostcode.objects.bulk_create(batch, ignore_conflicts=True)
    return len(missing)


def _batches(objects: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(objects)
    while batch := list(islice(iterator, BATCH)):
        yield batch
