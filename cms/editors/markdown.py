"""The little of Markdown in which our guides are written, as HTML.

Headings with anchors, paragraphs, lists (nested by indentation), tables, quotes, pictures, links, bold,
italics and code. Everything else is text: what comes out holds no markup that went in.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

HEADING = re.compile(r"(#{1,4}) +(.+)")
ITEM = re.compile(r"( *)(?:[-*]|(\d+)\.) +(.*)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
SEPARATOR = re.compile(r"\|?[\s:|-]+\|?")


@dataclass
class Guide:
    """html: safe. toc: (level, anchor, text) of each heading below the title."""

    html: SafeString
    title: str = ""
    toc: list[tuple[int, str, str]] = field(default_factory=list)


def render(text: str, address: Callable[[str], str] = lambda url: url) -> Guide:
    """`address` gives the address at which a picture or a link of the text is to be found."""
    writer = _Writer(address)
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        position = writer.block(lines, position)
    return Guide(mark_safe("\n".join(writer.parts)), writer.title, writer.toc)


class _Writer:
    def __init__(self, address: Callable[[str], str]) -> None:
        self.address = address
        self.parts: list[str] = []
        self.tables = 0
        self.title = ""
        self.toc: list[tuple[int, str, str]] = []

    def block(self, lines: list[str], at: int) -> int:
        """Write the block that starts at this line. Returns the line after it."""
        line = lines[at]
        if not line.strip():
            return at + 1
        if heading := HEADING.fullmatch(line):
            self._heading(len(heading[1]), heading[2].strip())
            return at + 1
        if line.startswith("|"):
            return self._table(lines, at)
        if ITEM.match(line):
            return self._list(lines, at)
        if line.startswith(">"):
            return self._quote(lines, at)
        end = at + 1
        while end < len(lines) and lines[end].strip() and not _starts_block(lines[end]):
            end += 1
        self._paragraph(" ".join(part.strip() for part in lines[at:end]))
        return end

    def _heading(self, level: int, text: str) -> None:
        if level == 1 and not self.title:
            self.title = text
            return
        anchor = slugify(text)
        taken = sum(
            1
            for _level, held, _text in self.toc
            if held == anchor or held.startswith(f"{anchor}--")
        )
        if taken:
            anchor = f"{anchor}--{taken + 1}"
        self.toc.append((level, anchor, text))
        self.parts.append(f'<h{level} id="{anchor}">{self.inline(text)}</h{level}>')

    def _paragraph(self, text: str) -> None:
        if picture := PICTURE.fullmatch(text):
            self.parts.append(f"<figure>{self._picture(picture)}</figure>")
        else:
            self.parts.append(f"<p>{self.inline(text)}</p>")

    def _quote(self, lines: list[str], at: int) -> int:
        end = at
        while end < len(lines) and lines[end].startswith(">"):
            end += 1
        text = " ".join(line[1:].strip() for line in lines[at:end])
        self.parts.append(f"<blockquote><p>{self.inline(text)}</p></blockquote>")
        return end

    def _table(self, lines: list[str], at: int) -> int:
        end = at
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        rows = [_cells(line) for line in lines[at:end] if not SEPARATOR.fullmatch(line)]
        if not rows:
            return end
        head = "".join(f'<th scope="col">{self.inline(cell)}</th>' for cell in rows[0])
        body = "".join(
            "<tr>"
            + f'<th scope="row">{self.inline(row[0])}</th>'
            + "".join(f"<td>{self.inline(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in rows[1:]
        )
        # Regions are told apart by their names: several tables may begin with the same word.
        self.tables += 1
        name = html.escape(f"{rows[0][0]} ({self.tables})")
        self.parts.append(
            f'<div class="guide-table" tabindex="0" role="region" aria-label="{name}">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
        return end

    def _list(self, lines: list[str], at: int) -> int:
        """Items with their continuation lines, pictures between them, and lists within."""
        end = at
        while end < len(lines) and (lines[end].strip() or _goes_on(lines, end)):
            if lines[end].strip() and not ITEM.match(lines[end]) and not lines[end].startswith(" "):
                break
            end += 1
        items: list[tuple[int, str, list[str]]] = []
        for line in lines[at:end]:
            if item := ITEM.match(line):
                items.append((len(item[1]), "ol" if item[2] else "ul", [item[3]]))
            elif line.strip():
                items[-1][2].append(line.strip())
        self.parts.append(self._items(items))
        return end

    def _items(self, items: list[tuple[int, str, list[str]]]) -> str:
        indent, kind, _text = items[0]
        out, position = [], 0
        while position < len(items):
            inner = position + 1
            while inner < len(items) and items[inner][0] > indent:
                inner += 1
            below = self._items(items[position + 1 : inner]) if inner > position + 1 else ""
            out.append(f"<li>{self._item(items[position][2])}{below}</li>")
            position = inner
        return f"<{kind}>{''.join(out)}</{kind}>"

    def _item(self, lines: list[str]) -> str:
        pictures = [found for line in lines if (found := PICTURE.fullmatch(line))]
        text = " ".join(line for line in lines if not PICTURE.fullmatch(line))
        figures = "".join(f"<figure>{self._picture(found)}</figure>" for found in pictures)
        return f"{self.inline(text)}{figures}"

    def _picture(self, found: re.Match[str]) -> str:
        return (
            f'<img src="{html.escape(self.address(found[2]))}" alt="{html.escape(found[1])}"'
            ' loading="lazy">'
        )

    def inline(self, text: str) -> str:
        """Code first: nothing is read inside it."""
        parts = re.split(r"`([^`]+)`", text)
        return "".join(
            f"<code>{html.escape(part)}</code>" if number % 2 else self._words(part)
            for number, part in enumerate(parts)
        )

    def _words(self, text: str) -> str:
        out, position = [], 0
        for found in LINK.finditer(text):
            out.append(_emphasis(text[position : found.start()]))
            url = html.escape(self.address(found[2]))
            out.append(f'<a href="{url}">{_emphasis(found[1])}</a>')
            position = found.end()
        return "".join([*out, _emphasis(text[position:])])


def _emphasis(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])", r"<em>\1</em>", text)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _starts_block(line: str) -> bool:
    return bool(HEADING.fullmatch(line) or ITEM.match(line) or line.startswith(("|", ">")))


def _goes_on(lines: list[str], blank: int) -> bool:
    """Whether a list goes on after this blank line."""
    after = next((line for line in lines[blank:] if line.strip()), "")
    return bool(ITEM.match(after)) or after.startswith("  ")
