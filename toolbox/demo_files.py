"""Reads the YAML files of `toolbox/demo/` and makes the small files that their articles offer."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from cms import demo_content, pdf

FOLDER = Path(__file__).parent / "demo"
SHELVES = ("operateurs", "communication", "pilotage", "juridique", "veille")
NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def read() -> Iterator[dict[str, Any]]:
    """Every article; its family is the name of its file unless it says another."""
    for name in SHELVES:
        for article in demo_content.read(FOLDER / f"{name}.yaml"):
            yield {"family": name, "section": "reseau", **article}


def typography(text: str) -> str:
    """French spaces: no-break before : and inside « », narrow before ; ! ? and in thousands."""
    text = re.sub(r" ([:»])", rf"{NBSP}\1", text)
    text = re.sub(r"« ", f"«{NBSP}", text)
    text = re.sub(r" ([;!?])", rf"{NARROW}\1", text)
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)
    return re.sub(r"(?<=\d) (?=[€%])", NBSP, text)


# -- Bodies -------------------------------------------------------------------------------------


def blocks(text: str) -> list[dict[str, Any]]:
    """The blocks of a body: paragraphs, "## headings", "- lists", "!tone title | call-outs", "? question | answer"."""
    found: list[dict[str, Any]] = []
    for chunk in re.split(r"\n\s*\n", typography(text.strip())):
        lines = chunk.split("\n")
        if chunk.startswith("## "):
            found.append({"type": "heading", "value": {"text": chunk[3:], "level": "h2"}})
        elif chunk.startswith("!"):
            head, body = chunk[1:].split(" | ", 1)
            tone, title = head.split(" ", 1)
            value = {"tone": tone, "title": title, "text": _paragraph(body)}
            found.append({"type": "callout", "value": value})
        elif chunk.startswith("? "):
            pairs = [line[2:].split(" | ", 1) for line in lines]
            items = [
                {"type": "item", "value": {"title": title, "text": _paragraph(answer)}}
                for title, answer in pairs
            ]
            found.append({"type": "accordion", "value": {"items": items}})
        elif chunk.startswith("- "):
            items_html = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
            found.append({"type": "rich_text", "value": f"<ul>{items_html}</ul>"})
        else:
            found.append({"type": "rich_text", "value": _paragraph(" ".join(lines))})
    return found


def _paragraph(text: str) -> str:
    return f"<p>{_inline(text)}</p>"


def _inline(text: str) -> str:
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", escape(text, quote=False))


# -- Files --------------------------------------------------------------------------------------


def make(title: str, spec: dict[str, Any]) -> tuple[str, bytes]:
    """(extension, content) of one version of a file. A PDF becomes ODT where none can be made."""
    kind = spec["make"]
    if kind == "csv":
        return "csv", _csv(spec["rows"])
    if kind == "zip":
        return "zip", _zip(spec["static"])
    lines = typography(spec["content"]).strip().split("\n")
    if kind == "pdf":
        try:
            return "pdf", _pdf(title, lines)
        except pdf.PdfUnavailable:
            pass
    return "odt", odt(title, lines)


def _csv(rows: list[list[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _zip(names: list[str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            with pdf.static_file(name) as file:
                info = zipfile.ZipInfo(Path(name).name, (2016, 1, 15, 0, 0, 0))
                archive.writestr(info, file.read())
    return content.getvalue()


def parts(lines: list[str]) -> Iterator[tuple[str, Any]]:
    """(kind, value) of what a document holds: "h1", "h2", "p" (text), "ul" (texts), "table" (rows)."""
    run: list[Any] = []
    kind = ""
    for line in [*lines, ""]:
        new, value = _part(line)
        if kind in {"ul", "table"} and new != kind:
            yield kind, run
            run = []
        kind = new
        if new in {"ul", "table"}:
            run.append(value)
        elif new:
            yield new, value


def _part(line: str) -> tuple[str, Any]:
    line = line.strip()
    for mark, kind in (("# ", "h1"), ("## ", "h2")):
        if line.startswith(mark):
            return kind, line.removeprefix(mark)
    if line == "-" or line.startswith("- "):
        return "ul", line[1:].strip()
    if line.startswith("|"):
        return "table", [cell.strip() for cell in line.strip("|").split("|")]
    return ("p", line) if line else ("", "")


def _pdf(title: str, lines: list[str]) -> bytes:
    context = {"title": title, "parts": list(parts(lines))}
    return pdf.make("toolbox/pdf/handout.html", context, language="fr")


ODT_MIME = "application/vnd.oasis.opendocument.text"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_STYLES = """<office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"><style:text-properties fo:font-size="20pt" fo:font-weight="bold" fo:color="#0b5563"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:default-outline-level="2"><style:paragraph-properties fo:margin-top="0.5cm"/><style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>
</office:styles>"""


def odt(title: str, lines: list[str]) -> bytes:
    """A text document (OpenDocument 1.3), with real headings, lists and tables."""
    body = "".join(_odt_part(kind, value) for kind, value in parts(lines))
    files = {
        "content.xml": f"<office:document-content {_NAMES}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}>{_STYLES}</office:document-styles>",
        "meta.xml": f"<office:document-meta {_NAMES}><office:meta><dc:title>{escape(title)}</dc:title>"
        "<dc:language>fr-FR</dc:language></office:meta></office:document-meta>",
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
        for name, media in [("/", ODT_MIME), *((name, "text/xml") for name in files)]
    )
    files["META-INF/manifest.xml"] = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.3">{entries}</manifest:manifest>'
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        # First, and as it is (ODF 1.3, part 2, 3.3).
        archive.writestr(_entry("mimetype"), ODT_MIME)
        for name, xml in files.items():
            text = f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}'
            archive.writestr(_entry(name), text.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (2016, 1, 15, 0, 0, 0))


def _odt_part(kind: str, value: Any) -> str:
    if kind in {"h1", "h2"}:
        level = kind[1]
        return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{escape(value)}</text:h>'
    if kind == "ul":
        items = "".join(
            f"<text:list-item><text:p>{escape(item)}</text:p></text:list-item>" for item in value
        )
        return f"<text:list>{items}</text:list>"
    if kind == "table":
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in row
            )
            + "</table:table-row>"
            for row in value
        )
        columns = f'<table:table-column table:number-columns-repeated="{len(value[0])}"/>'
        return f"<table:table>{columns}{rows}</table:table>"
    return f"<text:p>{escape(value)}</text:p>"
