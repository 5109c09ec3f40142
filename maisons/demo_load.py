"""The network of the demonstration. Adds what is missing; changes and deletes nothing."""

import gzip
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.text import slugify

from cms import pagecache
from cms.models import Commune
from cms.territories import load_territories

from .models import HostOrganisation, Maison, Operator, Service

FOLDER = Path(__file__).resolve().parent / "demo"
DOCUMENTS = {
    "000": (
        "Bulletin des Maisons de services au public, édition spéciale, début 2016",
        date(2016, 2, 1),
    ),
    "001": ("Bulletin des Maisons de services au public, n°\u00a02, 2016", date(2016, 9, 15)),
    "002": ("CGET, En bref n°\u00a033, février 2017", date(2017, 2, 1)),
}
AURA = (
    "Hinaura, par la cartographie nationale des lieux d’inclusion numérique (Licence Ouverte 2.0)"
)
FICTITIOUS = "Inventée pour la démonstration"


def read_yaml(name: str) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


@cache
def read_places() -> list[dict[str, Any]]:
    return json.loads(gzip.decompress((FOLDER / "places.json.gz").read_bytes()))


def load_network() -> dict[str, int]:
    """Operators, host organisations, services and Maisons; the number added of each."""
    load_territories()
    with transaction.atomic():
        added = {
            "operators": _load_operators(),
            "host organisations": _load_hosts(),
            "services": _load_services(),
            "Maisons": _load_named() + _load_places() + _load_fictitious(),
        }
        pagecache.bump()
    return added


def _load_operators() -> int:
    added = 0
    for row in read_yaml("operators.yaml"):
        source, day = DOCUMENTS[row["file"]]
        fields = {k: v for k, v in row.items() if k not in {"code", "file", "quote"}}
        defaults = fields | {"source": source, "source_date": day}
        added += Operator.objects.get_or_create(code=row["code"], defaults=defaults)[1]
    return added


def _load_hosts() -> int:
    added = 0
    for row in read_yaml("host_organisations.yaml"):
        source, day = DOCUMENTS[row["file"]]
        defaults = {
            "name": row["name"],
            "kind": row["kind"],
            "department_id": row.get("department"),
            "source": source,
            "source_date": day,
        }
        added += HostOrganisation.objects.get_or_create(slug=row["slug"], defaults=defaults)[1]
    return added


def _load_services() -> int:
    added = 0
    for order, row in enumerate(read_yaml("services.yaml")):
        defaults = {"label_fr": row["fr"], "label_en": row["en"], "order": order}
        added += Service.objects.get_or_create(code=row["code"], defaults=defaults)[1]
    return added


def _load_named() -> int:
    """Every Maison that the source documents name, with the facts they state."""
    places = {place["id"]: place for place in read_places()}
    hosts = {host.slug: host for host in HostOrganisation.objects.all()}
    operators = {operator.code: operator for operator in Operator.objects.all()}
    communes = _communes(row["commune"] for row in read_yaml("named_in_sources.yaml"))
    taken = set(Maison.objects.values_list("slug", flat=True))
    added = 0
    for row in read_yaml("named_in_sources.yaml"):
        if row["slug"] in taken:
            continue
        maison = Maison(
            slug=row["slug"],
            name=row["name"],
            commune=communes[row["commune"]],
            host_organisation=hosts.get(row.get("host", "")),
            status=Maison.Status.RECOGNISED,
            description=" ".join(source["fact"] for source in row["sources"]),
            phone=row.get("phone", ""),
            email=row.get("email", ""),
            **_named_source(row),
        )
        place = places.get(row.get("aura", ""))
        if place:
            _describe(maison, place, description_source=maison.source)
        maison.save()
        maison.operators.set(operators[code] for code in row.get("operators", ()))
        if place:
            _give_services(maison, place)
        added += 1
    return added


def _named_source(row: dict[str, Any]) -> dict[str, Any]:
    files = list(dict.fromkeys(source["file"] for source in row["sources"]))
    names = [DOCUMENTS[file][0] for file in files]
    return {
        "source": "\u202f; ".join(names),
        "source_date": max(DOCUMENTS[file][1] for file in files),
    }


def _load_places() -> int:
    """The rows of Auvergne-Rhône-Alpes that no named Maison has taken."""
    held = set(Maison.objects.values_list("source_reference", flat=True))
    waiting = [place for place in read_places() if _reference(place) not in held]
    communes = _communes(place["commune"] for place in waiting)
    hosts = {host.slug: host for host in HostOrganisation.objects.all()}
    taken = set(Maison.objects.values_list("slug", flat=True))
    for place in waiting:
        commune = communes[place["commune"]]
        slug = _free_slug(taken, commune.name, place["name"], f"{commune.name} {place['id']}")
        maison = Maison(
            slug=slug,
            commune=commune,
            status=Maison.Status.RECOGNISED,
            host_organisation=hosts.get(place["host"]),
        )
        _describe(maison, place)
        maison.save()
        _give_services(maison, place)
        taken.add(slug)
    return len(waiting)


def _describe(maison: Maison, place: dict[str, Any], description_source: str = "") -> None:
    """Give a Maison what the file of Auvergne-Rhône-Alpes says of a place, with its source."""
    for field in ("name", "address", "postcode", "latitude", "longitude", "opening_hours"):
        if field != "name" or not maison.name:
            setattr(maison, field, place[field])
    for field in ("phone", "email", "website"):
        setattr(maison, field, place[field] or getattr(maison, field))
    says_msap = "msap" in place["name"].lower() or "services au public" in place["name"].lower()
    both = says_msap and "france services" in place["name"].lower()
    maison.label = Maison.Label.MSAP if says_msap and not both else Maison.Label.FRANCE_SERVICES
    maison.source = f"{description_source}\u202f; {AURA}" if description_source else AURA
    maison.source_date = date.fromisoformat(place["updated"])
    maison.source_reference = _reference(place)


def _give_services(maison: Maison, place: dict[str, Any]) -> None:
    maison.services.set(Service.objects.filter(label_fr__in=place["services"]))


def _load_fictitious() -> int:
    """One project and one closed Maison, to show that the public sees neither."""
    added = 0
    for row in read_yaml("fictitious.yaml"):
        defaults = {
            "name": row["name"],
            "commune_id": row["commune"],
            "status": row["status"],
            "description": row["description"],
            "source": FICTITIOUS,
            "is_fictitious": True,
        }
        added += Maison.objects.get_or_create(slug=row["slug"], defaults=defaults)[1]
    return added


def _reference(place: dict[str, Any]) -> str:
    return f"hinaura:{place['id']}"


def _communes(codes: Iterable[str]) -> dict[str, Commune]:
    return Commune.objects.select_related("department").in_bulk(set(codes))


def _free_slug(taken: set[str], *names: str) -> str:
    return next(slug for name in names if (slug := slugify(name)[:80]) not in taken)
