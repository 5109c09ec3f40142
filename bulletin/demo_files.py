"""Reads the YAML files of `bulletin/demo/`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cms.demo_content import Resolver, note_uuid, read

__all__ = ["PICTURES", "Resolver", "note_uuid", "read", "read_issues", "read_pictures"]
FOLDER = Path(__file__).parent / "demo"
PICTURES = FOLDER / "pictures"


@dataclass
class IssueFiles:
    """One issue: its own data, its articles in order, and the English of each file that has it."""

    data: dict[str, Any]
    articles: list[dict[str, Any]]
    english: dict[str, dict[str, Any]] = field(default_factory=dict)


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
