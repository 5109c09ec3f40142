"""A stream of blocks rendered as one text: headings with anchors, footnotes that go and come back.

Notes may be called from any block that holds formatted text, however deep, so they are numbered on
the rendered whole rather than block by block.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

NOTE = re.compile(r'<footnote id="([^"]+)">.*?</footnote>', re.DOTALL)
HEADING = re.compile(r"<h([23])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
ID_ATTRIBUTE = re.compile(r'\sid="[^"]*"')


@dataclass
class Note:
    """A footnote that the text calls: its number, and the anchors of the places that call it."""

    number: int
    text: str
    anchors: list[str] = field(default_factory=list)


@dataclass
class RenderedStream:
    """html: safe; toc: (level 2 or 3, anchor, text) of each heading; notes in order of call."""

    html: SafeString
    toc: list[tuple[int, str, str]]
    notes: list[Note]


def render_stream(
    blocks: Iterable[Any],
    context: dict[str, Any],
    footnotes: Iterable[Any],
    called: dict[str, Note] | None = None,
) -> RenderedStream:
    """Render bound blocks. `footnotes` are the wagtail-footnotes rows of the page.

    Streams shown on one page share `called`, so that their notes are numbered as one text; the
    notes of the last one are then those of all.
    """
    toc: list[tuple[int, str, str]] = []
    parts = [_anchor(_render(block, context), block, toc) for block in blocks]
    text, notes = _number_notes(
        "".join(parts), {str(note.uuid): note for note in footnotes}, called
    )
    return RenderedStream(mark_safe(text), toc, notes)


def _render(block: Any, context: dict[str, Any]) -> str:
    try:
        return str(block.render(context))
    except TemplateDoesNotExist:  # until every block has its template
        return str(block.block.render_basic(block.value, context=context))


def _number_notes(
    text: str, known: dict[str, Any], called: dict[str, Note] | None
) -> tuple[str, list[Note]]:
    called = {} if called is None else called

    def replace(match: re.Match[str]) -> str:
        row = known.get(match[1])
        if row is None:
            return ""
        note = called.setdefault(match[1], Note(number=len(called) + 1, text=row.text))
        anchor = f"appel-{note.number}-{len(note.anchors) + 1}"
        note.anchors.append(anchor)
        return render_to_string(
            "components/footnote_call.html", {"number": note.number, "anchor": anchor}
        ).strip()

    return NOTE.sub(replace, text), list(called.values())


def _anchor(text: str, block: Any, toc: list[tuple[int, str, str]]) -> str:
    """Give the heading of a heading block its anchor; the titles of other blocks have none."""
    match = HEADING.search(text) if block.block_type == "heading" else None
    if match is None:
        return text
    level, attributes, inner = int(match[1]), match[2], match[3]
    label = html.unescape(strip_tags(inner)).strip()
    slug = slugify(label) or "section"
    # A prefix, since the page around has anchors of its own.
    anchor = f"partie-{slug}"
    count = sum(1 for entry in toc if entry[1] == anchor or entry[1].startswith(f"{anchor}--"))
    if count:
        anchor = f"{anchor}--{count + 1}"
    toc.append((level, anchor, label))
    opened = f'<h{level} id="{anchor}"{ID_ATTRIBUTE.sub("", attributes)}>'
    return f"{text[: match.start()]}{opened}{inner}</h{level}>{text[match.end() :]}"
