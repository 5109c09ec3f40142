"""Reads the YAML files of `bulletin/demo/` and turns them into what the fields store."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "demo"
PICTURES = FOLDER / "pictures"
NOTE_CALL = re.compile(r"\[\^(\d+)\]")
NOTE_NAMESPACE = uuid.UUID("6f0b6d1e-5a6f-4a35-9f0a-3f7e0c1b9a55")


@dataclass
class IssueFiles:
    """One issue: its own data, its articles in order, and the English of each file that has it."""

    data: dict[str, Any]
    articles: list[dict[str, Any]]
    english: dict[str, dict[str, Any]] = field(default_factory=dict)


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_issues(folder: Path = FOLDER) -> Iterator[IssueFiles]:
    """Every issue of the folder, oldest first."""
    found = []
    for path in folder.glob("*/issue.yaml"):
        issue = IssueFiles(read(path), [])
        for file in sorted(path.parent.glob("[0-9]*.yaml")):
            if not file.name.endswith(".en.yaml"):
                issue.articles.append(read(file))
        for file in path.parent.glob("*.en.yaml"):
            data = read(file)
            issue.english[file.name.removesuffix(".en.yaml").lstrip("0123456789-")] = data
        found.append(issue)
    yield from sorted(found, key=lambda issue: str(issue.data["date"]))


def read_pictures() -> dict[str, dict[str, Any]]:
    path = PICTURES / "pictures.yaml"
    return read(path) if path.exists() else {}


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
