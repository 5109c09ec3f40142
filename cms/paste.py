"""What is pasted from a word processor: headings, lists, links, tables and notes, and nothing else.

Reads the HTML that Word, LibreOffice and Google Docs put on the clipboard or save. Word writes its
lists as paragraphs, and each of them writes notes in its own way: a call and a body that name each
other. Bold, italics, colours, sizes, pictures and scripts are left behind.
"""

import html as html_module
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString
from bs4.exceptions import ParserRejectedMarkup
from django.utils.html import escape

MAX_LENGTH = 4_000_000
HEADING_LENGTH = 160
CONDITIONAL = re.compile(r"<!--\[if.*?<!\[endif\]-->|<!\[[^>]*\]>", re.DOTALL | re.IGNORECASE)
LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "xml",
        "object",
        "embed",
        "iframe",
        "svg",
        "math",
        "template",
        "noscript",
        "select",
        "textarea",
        "button",
        "input",
        "form",
        "img",
        "picture",
        "video",
        "audio",
        "canvas",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
TITLE_CLASS = re.compile(r"^(MsoTitle|title)$")
PROTOCOLS = ("http://", "https://", "mailto:", "tel:")
# The target of a call: Word, its end notes, LibreOffice, Google Docs.
NOTE_TARGET = re.compile(r"^(?:_ftn\d+|_edn\d+|sd(?:foot|end)note\d+sym|ftnt\d+)$")
NOTE_BODY = re.compile(r"^(?:ftn\d+|edn\d+|sd(?:foot|end)note\d+)$")
MSO_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d+)", re.IGNORECASE)
ORDERED_MARK = re.compile(r"^\W*(?:\d+|[a-z]|[ivxlc]+)\W*$", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f\v]+")
ENDS = re.compile(r"^(?:<br/>|[ \u00a0])+|(?:<br/>|[ \u00a0])+$")
NUMBER = re.compile(r"^[+\-−]?\d[\d\s.,\u00a0\u202f]*(?:%|€|\s*km)?$")


@dataclass
class Pasted:
    """blocks: raw stream blocks; footnotes: [{uuid, text}]; the counts say what was kept and left."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    footnotes: list[dict[str, str]] = field(default_factory=list)
    paragraphs: int = 0
    lists: int = 0
    links: int = 0
    pictures_left: int = 0
    notes_left: int = 0

    def count(self, block_type: str) -> int:
        return sum(block["type"] == block_type for block in self.blocks)

    @property
    def headings(self) -> int:
        return self.count("heading")

    @property
    def tables(self) -> int:
        return self.count("table")


def blocks_from_html(html: str) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """(raw stream blocks, footnotes) of what was pasted. Any text is accepted; see `read`."""
    pasted = read(html)
    return pasted.blocks, pasted.footnotes


def read(html: str) -> Pasted:
    """What to keep of pasted HTML. Never raises: what cannot be read as HTML is read as text."""
    source = CONDITIONAL.sub("", html[:MAX_LENGTH].replace("\x00", ""))
    try:
        soup = BeautifulSoup(source, "html.parser")
        return _Reader(soup).read()
    except (ParserRejectedMarkup, RecursionError, AssertionError):
        return _as_text(source)


def _as_text(source: str) -> Pasted:
    pasted = Pasted()
    text = html_module.unescape(re.sub(r"<[^>]*>?", "\n", source))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    paragraphs = [f"<p>{escape(line)}</p>" for line in lines if line]
    if paragraphs:
        pasted.blocks.append({"type": "rich_text", "value": "".join(paragraphs)})
        pasted.paragraphs = len(paragraphs)
    return pasted


# An item of a list: its depth from 1, whether it is numbered, its HTML.
Item = tuple[int, bool, str]


class _Reader:
    """One reading. Text gathers in `inline`, items in `items`, rich text in `parts`, in this order."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self.pasted = Pasted()
        self.notes: dict[str, str] = {}
        self.inline: list[str] = []
        self.items: list[Item] = []
        self.parts: list[str] = []
        self.levels: dict[int, int] = {}

    def read(self) -> Pasted:
        self._leave_out()
        bodies = self._take_note_bodies()
        self._rank_headings()
        called = [a["href"][1:] for a in self.soup.find_all("a", href=True) if _is_call(a)]
        self.notes = {name: str(uuid.uuid4()) for name in dict.fromkeys(called) if name in bodies}
        self.pasted.notes_left = len(set(called) - set(self.notes))
        self.pasted.footnotes = [
            {"uuid": note, "text": f"<p>{_trimmed(self._inline_of(bodies[name]))}</p>"}
            for name, note in self.notes.items()
        ]
        self._flow(self.soup)
        self._end_text()
        return self.pasted

    # -- Preparation ------------------------------------------------------------------------------

    def _leave_out(self) -> None:
        self.pasted.pictures_left = len(self.soup.find_all(["img", "picture", "v:imagedata"]))
        for node in self.soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
            node.extract()
        for tag in self.soup.find_all(list(LEFT_OUT)):
            tag.decompose()

    def _take_note_bodies(self) -> dict[str, Tag]:
        """{target: element} of the bodies of notes, taken out of the text."""
        found: dict[str, Tag] = {}
        for anchor in self.soup.find_all("a"):
            if anchor.decomposed:
                continue
            name = str(anchor.get("name") or anchor.get("id") or "")
            if not NOTE_TARGET.match(name) or name in found:
                continue
            body = _note_body(anchor)
            anchor.decompose()
            if body is not None:
                found[name] = body.extract()
        for rest in self.soup.find_all(style=re.compile(r"mso-element:\s*(?:foot|end)note-list")):
            rest.decompose()
        return found

    def _rank_headings(self) -> None:
        """The highest level pasted opens sections, those below sub-sections."""
        used = sorted({level for tag in self.soup.find_all(True) if (level := _heading_level(tag))})
        self.levels = {level: 2 if rank == 0 else 3 for rank, level in enumerate(used)}

    # -- Reading ----------------------------------------------------------------------------------

    def _flow(self, parent: Tag) -> None:
        for node in parent.children:
            if isinstance(node, NavigableString):
                self.inline.append(self._inline_of(node))
            elif isinstance(node, Tag):
                self._element(node)

    def _element(self, tag: Tag) -> None:
        level = _heading_level(tag)
        if level:
            self._heading(tag, level)
        elif tag.name == "table":
            self._table(tag)
        elif tag.name in {"ul", "ol"}:
            self._end_paragraph()
            self.items += self._list_items(tag, 1)
        elif (depth := _mso_depth(tag)) and not _holds_blocks(tag):
            self._end_paragraph()
            self.items.append((depth, _take_mark(tag), self._inline_of(tag)))
        elif tag.name in BLOCKS:
            self._end_paragraph()
            self._flow(tag)
            self._end_paragraph()
        elif _holds_blocks(tag):
            self._flow(tag)
        else:
            self.inline.append(self._inline_of(tag))

    def _heading(self, tag: Tag, level: int) -> None:
        text = html_module.unescape(re.sub(r"<[^>]+>", " ", self._inline_of(tag, links=False)))
        text = SPACES.sub(" ", text).strip()
        if len(text) > HEADING_LENGTH or "<footnote" in self._inline_of(tag):
            # Too long for a heading, or with a note, which headings do not hold.
            self._end_paragraph()
            self.inline.append(self._inline_of(tag))
            self._end_paragraph()
        elif text:
            self._end_text()
            value = {"text": text, "level": f"h{self.levels[level]}"}
            self.pasted.blocks.append({"type": "heading", "value": value})

    def _list_items(self, tag: Tag, depth: int) -> list[Item]:
        found: list[Item] = []
        for child in tag.find_all(True, recursive=False):
            if child.name in {"ul", "ol"}:  # Google Docs: beside the item, not within
                found += self._list_items(child, depth + 1)
                continue
            inner = [
                item
                for nested in child.find_all(["ul", "ol"])
                if nested.find_parent(["ul", "ol"]) is tag
                for item in self._list_items(nested.extract(), depth + 1)
            ]
            text = self._inline_of(child)
            if text:
                found.append((depth, tag.name == "ol", text))
            found += inner
        return found

    def _inline_of(self, node: Any, links: bool = True) -> str:
        """Escaped text, links and calls of notes; the ends of blocks within become line breaks."""
        parts = list(self._inline_parts(node, links))
        text = SPACES.sub(" ", "".join(parts))
        text = re.sub(r"(?: ?<br/> ?)+", "<br/>", text)
        # Spaces at the ends matter within a sentence, not at the ends of a block.
        if isinstance(node, Tag) and node.name in BLOCKS:
            return _trimmed(text)
        return text

    def _inline_parts(self, node: Any, links: bool) -> Iterator[str]:
        if isinstance(node, NavigableString):
            yield escape(str(node))
        elif node.name == "br":
            yield "<br/>"
        elif node.name == "a" and _is_call(node):
            note = self.notes.get(node["href"][1:])
            if note:
                yield f'<footnote id="{note}">[{note[:6]}]</footnote>'
        else:
            inner = "".join(
                part for child in node.children for part in self._inline_parts(child, links)
            )
            href = str(node.get("href", "")).strip() if node.name == "a" else ""
            if (
                links
                and href.lower().startswith(PROTOCOLS)
                and inner.strip()
                and "<a " not in inner
            ):
                self.pasted.links += 1
                yield f'<a href="{escape(href)}">{inner}</a>'
            elif node.name in BLOCKS:
                yield f"<br/>{inner}<br/>"
            else:
                yield inner

    # -- Tables -----------------------------------------------------------------------------------

    def _table(self, tag: Tag) -> None:
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        cells = [
            [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
            for row in rows
        ]
        cells = [row for row in cells if row]
        if len(cells) < 2 or max(map(len, cells)) < 2:
            # One cell or one line: a frame around text, as word processors make them.
            self._end_paragraph()
            for row in cells:
                for cell in row:
                    self._flow(cell)
                    self._end_paragraph()
            return
        self._end_text()
        caption = tag.find("caption")
        self.pasted.blocks.append(
            {
                "type": "table",
                "value": {
                    "caption": _plain(self._inline_of(caption, links=False)) if caption else "",
                    "table": self._typed_table(cells),
                    "row_headers": False,
                },
            }
        )

    def _typed_table(self, cells: list[list[Tag]]) -> dict[str, Any]:
        texts = [[text for cell in row for text in self._spread(cell)] for row in cells]
        width = max(map(len, texts))
        texts = [row + [""] * (width - len(row)) for row in texts]
        heads, rows = texts[0], texts[1:]
        kinds = [_column_kind([row[place] for row in rows]) for place in range(width)]
        return {
            "caption": "",
            "columns": [
                {"type": kind, "heading": _plain(head)}
                for kind, head in zip(kinds, heads, strict=True)
            ],
            "rows": [
                {"values": [_cell(kind, text) for kind, text in zip(kinds, row, strict=True)]}
                for row in rows
            ],
        }

    def _spread(self, cell: Tag) -> list[str]:
        """A cell over several columns leaves the next ones empty."""
        span = str(cell.get("colspan", ""))
        return [self._inline_of(cell)] + [""] * (min(int(span), 20) - 1 if span.isdecimal() else 0)

    # -- Ends -------------------------------------------------------------------------------------

    def _end_paragraph(self) -> None:
        text = _trimmed(SPACES.sub(" ", "".join(self.inline)))
        self.inline = []
        if _plain(text) or "<footnote" in text:
            self._end_list()
            self.parts.append(f"<p>{text}</p>")
            self.pasted.paragraphs += 1

    def _end_list(self) -> None:
        if self.items:
            self.parts.append(_list_html(self.items))
            self.pasted.lists += 1
            self.items = []

    def _end_text(self) -> None:
        self._end_paragraph()
        self._end_list()
        if self.parts:
            self.pasted.blocks.append({"type": "rich_text", "value": "".join(self.parts)})
            self.parts = []


def _is_call(anchor: Tag) -> bool:
    href = str(anchor.get("href", ""))
    return href.startswith("#") and bool(NOTE_TARGET.match(href[1:]))


def _note_body(anchor: Tag) -> Tag | None:
    """The element that holds a note: the one named after it, else the paragraph of its anchor."""
    for parent in anchor.parents:
        if NOTE_BODY.match(str(parent.get("id", ""))):
            return parent
    return anchor.find_parent(["p", "li", "div", "dd"])


def _heading_level(tag: Tag) -> int:
    if tag.name in HEADINGS:
        return HEADINGS[tag.name]
    classes = tag.get("class") or []
    return 1 if tag.name == "p" and any(TITLE_CLASS.match(name) for name in classes) else 0


def _mso_depth(tag: Tag) -> int:
    match = MSO_LIST.search(str(tag.get("style", "")))
    return min(int(match[1]), 9) or 1 if match else 0


def _take_mark(tag: Tag) -> bool:
    """Remove the bullet or number that Word writes as text; tell whether it is a number."""
    mark = tag.find(style=re.compile(r"mso-list:\s*Ignore", re.IGNORECASE))
    if mark is None:
        return False
    text = mark.get_text().strip()
    mark.decompose()
    # Word's own round bullet of the second level is the letter "o" in another font.
    return bool(ORDERED_MARK.match(text)) and text != "o"


def _holds_blocks(tag: Tag) -> bool:
    return tag.find(lambda inner: inner.name in BLOCKS) is not None


def _trimmed(text: str) -> str:
    return ENDS.sub("", text)


def _plain(html: str) -> str:
    text = re.sub(r"<footnote.*?</footnote>", "", html)
    return SPACES.sub(" ", html_module.unescape(re.sub(r"<[^>]+>", " ", text))).strip(" \u00a0")


def _column_kind(texts: list[str]) -> str:
    filled = [text for text in texts if text]
    if any("<" in text for text in filled):
        return "rich_text"
    return "number" if filled and all(NUMBER.match(_plain(text)) for text in filled) else "text"


def _cell(kind: str, text: str) -> str:
    if kind != "rich_text":
        return _plain(text)
    return f"<p>{text}</p>" if text else ""


def _list_html(items: list[Item]) -> str:
    """Nested lists from items and their depths."""
    out: list[str] = []
    open_tags: list[str] = []
    for depth, ordered, text in items:
        depth = min(depth, len(open_tags) + 1)
        tag = "ol" if ordered else "ul"
        while len(open_tags) > depth:
            out.append(f"</li></{open_tags.pop()}>")
        if len(open_tags) == depth and open_tags[-1] != tag:
            out.append(f"</li></{open_tags.pop()}>")
        elif len(open_tags) == depth:
            out.append("</li>")
        if len(open_tags) < depth:
            open_tags.append(tag)
            out.append(f"<{tag}>")
        out.append(f"<li>{text}")
    while open_tags:
        out.append(f"</li></{open_tags.pop()}>")
    return "".join(out)
