"""The words of messages as they come with the project, in French and in English."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TEXTS = Path(__file__).parent / "texts"
FALLBACK = "fr"


@dataclass(frozen=True)
class Words:
    """Subject and text, with their fields."""

    subject: str
    body: str


@cache
def _texts(language: str) -> dict[str, Words]:
    path = TEXTS / f"{language}.yaml"
    if not path.exists():
        return {}
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {kind: Words(one["subject"], one["body"].strip()) for kind, one in read.items()}


def original(kind: str, language: str) -> Words:
    """The original words in this language, else in French."""
    return _texts(language).get(kind) or _texts(FALLBACK)[kind]


def has_original(kind: str, language: str) -> bool:
    return kind in _texts(language)
