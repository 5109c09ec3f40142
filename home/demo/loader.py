"""Creates the pages and menus that are not there yet; changes nothing that editors touched."""

import json
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Site

from cms import registry
from cms.demo_content import Resolver
from cms.models import SiteDocument, SiteImage, SiteMedia, SiteSettings, StandardPage

from ..models import CreationPathPage, CreationStepPage, Figure, FiguresPage

TYPES: dict[str, Any] = {
    "text": StandardPage,
    "figures": FiguresPage,
    "path": CreationPathPage,
    "step": CreationStepPage,
}
DOCUMENTS = {
    "grille-de-diagnostic.xlsx": "Grille de diagnostic du territoire",
    "budget-previsionnel.xlsx": "Budget prévisionnel de fonctionnement",
    "liste-pour-la-convention.pdf": "Ce que dit une convention\N{NO-BREAK SPACE}: la liste",
}
STREAMS = ("body", "bearers", "actors", "difficulties")


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def load(folder: Path) -> None:
    _documents(folder / "files")
    _load(folder)


@transaction.atomic
def _load(folder: Path) -> None:
    site = Site.objects.get(is_default_site=True)
    home = site.root_page.specific
    _figures(_read(folder / "figures.yaml"))
    for name in ("a-propos.yaml", "creer-une-maison.yaml"):
        for data in _read(folder / name):
            _page(home, data, HomeResolver(home))
    _fill_home(home, _read(folder / "home.yaml"))
    _menus(site, home, _read(folder / "menus.yaml"))


def _documents(folder: Path) -> None:
    """The files of the path to a Maison, before the transaction: no file is written inside one."""
    for name, title in DOCUMENTS.items():
        if not SiteDocument.objects.filter(title=title).exists():
            file = ContentFile((folder / name).read_bytes(), name)
            SiteDocument.objects.create(title=title, file=file)


class HomeResolver(Resolver):
    """Finds pages by their address below the home page, files and recordings by their names."""

    def __init__(self, home: Page) -> None:
        super().__init__(self._picture, self._page, print)
        self.home = home

    def value(self, kind: str, value: Any, owner: str) -> Any:
        if kind == "guided_tour":
            found = SiteMedia.objects.filter(title__icontains=value["video"]).first()
            return {**value, "video": found.pk} if found else None
        if kind == "documents":
            titles = [DOCUMENTS[name] for name in value["documents"]]
            found = SiteDocument.objects.filter(title__in=titles).values_list("pk", flat=True)
            return {**value, "documents": list(found)}
        if kind == "section" and registry.home_sections.get(value["section"]) is None:
            return None
        if kind == "band" and registry.home_sections.get(value.pop("unless", "")):
            return None
        if kind == "lead_story":
            page = self._page(value["page"])
            return {**value, "page": page} if page else None
        return super().value(kind, value, owner)

    def _page(self, path: str) -> int | None:
        address = f"{self.home.url_path}{path}/"
        return Page.objects.filter(url_path=address).values_list("pk", flat=True).first()

    @staticmethod
    def _picture(name: str) -> Any | None:
        return SiteImage.objects.filter(title=name).first()


def _fill_home(home: Any, data: dict[str, Any]) -> None:
    if home.body:
        return
    home.title = home.draft_title = data["title"]
    home.summary = data["summary"]
    home.body = json.dumps(HomeResolver(home).stream(data["body"], "home"))
    home.save_revision(changed=False).publish()


def _page(parent: Any, data: dict[str, Any], resolver: Resolver) -> Page:
    page = parent.get_children().filter(slug=data["slug"]).first()
    if page is None:
        model = TYPES[data.get("type", "text")]
        streams = {
            name: json.dumps(resolver.stream(data[name], f"{data['slug']}/{name}"))
            for name in STREAMS
            if name in data
        }
        page = model(
            title=data["title"],
            slug=data["slug"],
            summary=data["summary"],
            locale=parent.locale,
            **streams,
        )
        parent.add_child(instance=page)
        page.save_revision(changed=False).publish()
    for child in data.get("pages", ()):
        _page(page, child, resolver)
    return page


def _figures(rows: list[dict[str, Any]]) -> None:
    for order, row in enumerate(rows):
        Figure.objects.get_or_create(code=row["code"], defaults=row | {"order": order})


# -- Menus ------------------------------------------------------------------------------------------


def _menus(site: Site, home: Page, data: dict[str, Any]) -> None:
    """Arrange the menus from what exists: an entry whose page or address is not there is left out."""
    config, created = SiteSettings.objects.get_or_create(site=site)
    if not created and (config.navigation or config.footer):
        return
    resolver = HomeResolver(home)
    config.navigation = _stream(data["navigation"], resolver)
    config.footer = _stream(data["footer"], resolver)
    config.save()


def _stream(entries: list[dict[str, Any]], resolver: HomeResolver) -> str:
    found = []
    for entry in entries:
        if "links" in entry:
            links = [link for one in entry["links"] if (link := _link(one, resolver))]
            if len(links) == 1:
                found.append({"type": "link", "value": links[0]})
            elif links:
                value = {"label": entry["label"], "label_en": entry["label_en"], "links": links}
                found.append({"type": "group", "value": value})
        elif link := _link(entry, resolver):
            found.append({"type": "link", "value": link})
    return json.dumps(found)


def _link(entry: dict[str, Any], resolver: HomeResolver) -> dict[str, Any] | None:
    page = resolver.page(entry["page"]) if "page" in entry else None
    url = _address(entry["view"]) if page is None and "view" in entry else ""
    if page is None and not url:
        return None
    return {"label": entry["label"], "label_en": entry["label_en"], "page": page, "url": url}


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
