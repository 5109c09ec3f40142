"""The small text documents of the demonstration, from lines: "# heading", "## heading", "- item", "| cell | cell |"."""

import io
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

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
