"""Demonstration content as YAML files write it, turned into what the fields store.

Pictures have names: an app registers the folder that draws them (`registry.demo_pictures`), every
app may show them.
"""

import logging
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.core.files import File
from wagtail.models import Page, Site

from . import registry
from .models import SiteImage

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
logger = logging.getLogger(__name__)
NOTE_CALL = re.compile(r"\[\^(\d+)\]")
NOTE_NAMESPACE = uuid.UUID("6f0b6d1e-5a6f-4a35-9f0a-3f7e0c1b9a55")


def read(path: Path) -> Any:
    """What a file holds, read by the library in C where there is one: ten times quicker."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)  # noqa: S506


class Pictures:
    """The drawn pictures of every app, put in the library at their first use."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[Path, dict[str, Any]]] = {}
        self.loaded: dict[str, SiteImage | None] = {}
        for folder in registry.demo_pictures:
            for name, about in read(folder / "pictures.yaml").items():
                self.known[name] = (folder / f"{name}.png", about)

    def __call__(self, name: str) -> SiteImage | None:
        if name not in self.loaded:
            self.loaded[name] = self._load(name)
        return self.loaded[name]

    def _load(self, name: str) -> SiteImage | None:
        path, about = self.known.get(name, (None, {}))
        if path is None or not path.exists():
            logger.warning("Demo content: picture %s is not drawn yet", name)
            return None
        image = SiteImage.objects.filter(title=about["title"], credit=about["credit"]).first()
        if image is None:
            with path.open("rb") as file:
                image = SiteImage(
                    title=about["title"], description=about["alt"], credit=about["credit"]
                )
                image.file.save(path.name, File(file), save=False)
                image.save()
        return image


def note_uuid(page: str, number: int) -> uuid.UUID:
    """The same note has the same identifier at each load."""
    return uuid.uuid5(NOTE_NAMESPACE, f"{page}#{number}")


def _identifier(name: str) -> str:
    """The same place has the same identifier in every language: translations are matched by it."""
    return str(uuid.uuid5(NOTE_NAMESPACE, name))


def _name_items(value: Any, name: str) -> Any:
    """Give the items of lists their identifiers."""
    if not isinstance(value, dict):
        return value
    return {
        key: [
            {"type": "item", "value": item, "id": _identifier(f"{name}/{key}/{number}")}
            for number, item in enumerate(inner)
        ]
        if isinstance(inner, list)
        else inner
        for key, inner in value.items()
    }


def page_at(path: str) -> int | None:
    """The page at this path below the home page, whatever its app ("initiatives/ecosyst-m")."""
    home = Site.objects.get(is_default_site=True).root_page
    found = Page.objects.filter(url_path=f"{home.url_path}{path}/")
    return found.values_list("pk", flat=True).first()


class Resolver:
    """Turns names (pictures, pages, notes) into what the database knows them by."""

    def __init__(
        self,
        picture: Callable[[str], Any | None],
        page: Callable[[str], int | None],
        warn: Callable[[str], None],
    ) -> None:
        self.picture, self.page, self.warn = picture, page, warn

    def stream(self, blocks: list[dict[str, Any]], owner: str) -> list[dict[str, Any]]:
        """The stored form of a stream; `owner` names the page whose notes it calls."""
        stored = []
        for index, block in enumerate(blocks):
            value = self.value(block["type"], block["value"], owner)
            if value is not None:
                name = f"{owner}/{index}/{block['type']}"
                value = _name_items(value, name) if block["type"] != "table" else value
                stored.append({"type": block["type"], "value": value, "id": _identifier(name)})
        return stored

    def value(self, kind: str, value: Any, owner: str) -> Any:
        if kind == "image":
            return self.image(value)
        if kind == "gallery":
            images = [self.image(item) for item in value["images"]]
            return {**value, "images": [item for item in images if item]}
        if kind == "cards":
            pages = [self.page_or_warn(name) for name in value["pages"]]
            pages = [page for page in pages if page]
            return {**value, "pages": pages} if pages else None
        if kind == "embed":
            page = page_at(value["page"])
            return {"page": page} if page else None
        if kind == "cta" and value.get("page"):
            page = self.page_or_warn(value["page"])
            return {**value, "page": page} if page else None
        if kind == "partner" and value.get("logo"):
            logo = self.picture(value["logo"])
            return self.notes({**value, "logo": logo.pk if logo else None}, owner)
        return self.notes(value, owner)

    def image(self, value: dict[str, Any]) -> dict[str, Any] | None:
        picture = self.picture(value["picture"])
        if picture is None:
            return None
        rest = {key: value[key] for key in ("caption", "credit") if key in value}
        return {
            "image": {
                "image": picture.pk,
                "alt_text": picture.description,
                "decorative": not picture.description,
            },
            **rest,
        }

    def page_or_warn(self, name: str) -> int | None:
        page = self.page(name)
        if page is None:
            self.warn(f"page {name} is not there")
        return page

    def notes(self, value: Any, owner: str) -> Any:
        """Replace `[^1]` by the call of the note, and dates by ISO text, however deep."""
        if isinstance(value, str):
            return NOTE_CALL.sub(lambda match: self.note_call(owner, int(match[1])), value)
        if isinstance(value, dict):
            return {key: self.notes(inner, owner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.notes(inner, owner) for inner in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    @staticmethod
    def note_call(owner: str, number: int) -> str:
        identifier = str(note_uuid(owner, number))
        return f'<footnote id="{identifier}">{identifier[:6]}</footnote>'
