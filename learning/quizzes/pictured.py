"""Pictures within the texts of questions, as the editor of the admin writes them. No database.

    <embed embedtype="image" id="3" format="fullwidth" alt="Une carte"/>

`file` stands in the place of `id` while the picture is in a file and not on the site. No `alt`: nobody has
written yet what the picture says; an empty one: it only adorns.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from django.utils.html import strip_tags

from cms import html as cleaning

TAG = re.compile(r"<embed\b[^>]*>(?:\s*</embed\s*>)?", re.IGNORECASE)
FILE = re.compile(r"[A-Za-z0-9_./-]{1,120}")
# What stands for a picture while the text around it is cleaned: an element, never a part of one.
STAND_IN = re.compile(r'<img(?: data-n="([^"]*)")?>')
# What the editor writes around a picture.
EMPTY = re.compile(r"<p>\s*</p>")
MOST_ALT = 400


@dataclass(frozen=True)
class Picture:
    """A picture of a text. alt: None when it is still to be written."""

    image: int | None = None
    file: str = ""
    alt: str | None = None

    def __str__(self) -> str:
        source = f'id="{self.image}"' if self.image is not None else f'file="{self.file}"'
        said = "" if self.alt is None else f' alt="{escape(self.alt)}"'
        return f'<embed embedtype="image" {source} format="fullwidth"{said}/>'


def read(tag: str) -> Picture | None:
    """The picture that a tag names; None when it names none."""
    found: Any = BeautifulSoup(tag, "html.parser").find("embed")
    if found is None or found.get("embedtype") != "image":
        return None
    alt = found.get("alt")
    if alt is not None:
        alt = " ".join(str(alt).split())[:MOST_ALT]
    number, file = str(found.get("id", "")), str(found.get("file", ""))
    if number.isascii() and number.isdigit() and len(number) < 12:
        return Picture(image=int(number), alt=alt)
    return Picture(file=file, alt=alt) if FILE.fullmatch(file) else None


def pictures_of(html: str) -> list[Picture]:
    """The pictures of a text, in their order."""
    if "<embed" not in html:
        return []
    return [found for tag in TAG.findall(html) if (found := read(tag)) is not None]


def replaced(html: str, change: Callable[[Picture], str]) -> str:
    """A text whose pictures are written otherwise; what names none is dropped."""
    if "<embed" not in html:
        return html

    def one(tag: re.Match[str]) -> str:
        found = read(tag[0])
        return change(found) if found is not None else ""

    return TAG.sub(one, html)


def clean(html: str, tags: frozenset[str] = cleaning.TAGS) -> str:
    """What `cms.html.clean` lets through, and the pictures. Cleaning it again changes nothing."""
    kept: list[str] = []

    def keep(picture: Picture) -> str:
        kept.append(str(picture))
        return f'<img data-n="{len(kept) - 1}">'

    html = replaced(html, keep)
    if "<img" not in html:
        return cleaning.clean(html, tags=tags)
    held = cleaning.clean(html, tags | {"img"}, {**cleaning.ATTRIBUTES, "img": ["data-n"]})
    whole = STAND_IN.sub(lambda found: _held(kept, found[1]), held)
    return EMPTY.sub("", whole) if kept else whole


def _held(kept: list[str], number: str | None) -> str:
    rank = int(number) if number and re.fullmatch(r"[0-9]{1,4}", number) else len(kept)
    return kept[rank] if rank < len(kept) else ""


def plain(html: str) -> str:
    """What a text says without its markup, its pictures by their alternative text."""
    html = replaced(html, lambda found: f" {escape(found.alt or '')} ")
    said = strip_tags(html.replace("</p>", " ").replace("<br>", " "))
    # Spaces that hold a question mark to its word stay.
    return re.sub(r"[ \t\r\n]+", " ", said).strip()
