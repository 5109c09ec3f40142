"""The initiatives of the demonstration: every project that the sources name. Adds what is missing."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Locale, Site

from cms.demo_content import Pictures
from cms.models import Department, Theme
from maisons.demo_load import DOCUMENTS
from maisons.models import Maison, Operator

from .models import Adoption, Audience, InitiativesIndexPage, ProjectSheetPage

FOLDER = Path(__file__).resolve().parent / "demo"
FILES = ("economie", "lieux", "partenariats", "reseaux")
FEATURED = "ecosyst-m-la-route-partagee"
TEXTS = ("objectives", "actions", "results", "reuse", "stop_reason", "state", "state_note")
STREAMS = ("bearers", "actors", "figures", "fundings", "contacts")


@cache
def read(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def named() -> Iterator[dict[str, Any]]:
    """Every sheet of a project that the sources name."""
    for name in FILES:
        yield from read(name)


def load() -> int:
    """Returns how many sheets were added."""
    picture = Pictures()
    rows = [*named(), *read("fictitious")["sheets"]]
    for row in rows:  # files first: none is written inside the transaction
        picture(row["picture"])
    with transaction.atomic():
        _load_audiences()
        index = _index(picture)
        taken = set(ProjectSheetPage.objects.child_of(index).values_list("slug", flat=True))
        known = _Known()
        new = [row for row in rows if row["slug"] not in taken]
        for row in new:
            _load_sheet(index, row, known, picture)
        _feature(index)
        _load_adoptions(known)
    return len(new)


def _feature(index: InitiativesIndexPage) -> None:
    if index.featured_id is None:
        index.featured = ProjectSheetPage.objects.child_of(index).filter(slug=FEATURED).first()
        index.save_revision(changed=False).publish()


class _Known:
    """What sheets name, by code."""

    def __init__(self) -> None:
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        self.audiences = {audience.code: audience for audience in Audience.objects.all()}
        self.departments = {d.code: d for d in Department.objects.defer("outline")}
        self.operators = {operator.code: operator for operator in Operator.objects.all()}
        self.maisons = {maison.slug: maison for maison in Maison.objects.all()}


def _load_audiences() -> None:
    for order, row in enumerate(read("audiences")):
        defaults = {"label_fr": row["fr"], "label_en": row["en"], "order": order}
        Audience.objects.get_or_create(code=row["code"], defaults=defaults)


def _index(picture: Pictures) -> InitiativesIndexPage:
    home = Site.objects.get(is_default_site=True).root_page
    index = InitiativesIndexPage.objects.child_of(home).first()
    if index is None:
        index = InitiativesIndexPage(
            title="Initiatives",
            slug="initiatives",
            summary="Ce que les Maisons inventent sur leur territoire, avec qui, pour quel résultat, et ce "
            "que d’autres peuvent en reprendre.",
            listing_image=picture("village"),
            locale=Locale.get_default(),
            show_in_menus=True,
        )
        home.add_child(instance=index)
        index.save_revision().publish()
    return index


def _load_sheet(
    index: InitiativesIndexPage, row: dict[str, Any], known: _Known, picture: Pictures
) -> None:
    start, end = row.get("start", []), row.get("end", [])
    cost = row.get("cost", {})
    page = ProjectSheetPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        listing_image=picture(row["picture"]),
        display_date=row["date"],
        start_year=next(iter(start), None),
        start_month=next(iter(start[1:]), None),
        end_year=next(iter(end), None),
        end_month=next(iter(end[1:]), None),
        cost=cost.get("amount"),
        cost_period=cost.get("period", "once"),
        cost_note=cost.get("note", ""),
        contributed_by=known.maisons.get(row.get("contributed_by", "")),
        is_fictitious=row.get("fictitious", False),
        locale=index.locale,
        live=False,
        **{name: row.get(name, "") for name in TEXTS},
        **{name: _stream(name, row.get(name, [])) for name in STREAMS},
        sources=_stream("sources", _sources(row)),
    )
    index.add_child(instance=page)
    for name in ("themes", "audiences", "departments", "operators", "maisons"):
        held = getattr(known, name)
        getattr(page, name).set([held[code] for code in row.get(name, []) if code in held])
    page.save()
    page.save_revision(changed=False).publish()


def _stream(name: str, rows: list[dict[str, Any]]) -> str:
    """A stream as it is stored."""
    kind = name.removesuffix("s")
    return json.dumps([{"type": kind, "value": row} for row in rows], default=str)


def _sources(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents by their titles, which say when they came out: none gives a day."""
    files = dict.fromkeys(entry["file"] for entry in row.get("named", []))
    return [{"title": DOCUMENTS[file][0]} for file in files]


def _load_adoptions(known: _Known) -> None:
    for row in read("fictitious")["adoptions"]:
        sheet = ProjectSheetPage.objects.filter(slug=row["sheet"]).first()
        maison = known.maisons.get(row["maison"])
        if sheet is not None and maison is not None:
            Adoption.objects.get_or_create(
                sheet=sheet,
                maison=maison,
                defaults={
                    "year": row["year"],
                    "note": row["note"],
                    "status": Adoption.Status.ACCEPTED,
                    "is_fictitious": True,
                },
            )
